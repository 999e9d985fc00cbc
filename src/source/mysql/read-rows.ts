import type { FieldPacket } from 'mysql2';
import type { RawType } from '../../pipeline/raw-type.ts';
import { nightjarError } from '../../error/nightjar-error.ts';
import type { CellEncoder } from '../copy/cell-encoder.ts';
import { type CellFormat, encoderFor } from './cell-encoders.ts';
import { CellRows } from './cell-rows.ts';
import type { Subject } from './fault.ts';
import { PacketRows } from './packet-rows.ts';
import type { RowWriter } from './row-writer.ts';
import type { MysqlSession } from './session.ts';
import { cellWidthOf } from './wire-form.ts';

export interface ColumnToRead {
  /** For messages, as is the type's text. */
  readonly column: string;
  readonly type: { readonly text: string; readonly raw: RawType };
}

export interface RowsReading {
  readonly session: MysqlSession;
  readonly subject: Subject;
  /** What the columns of the result are to become, in their order. */
  readonly columns: readonly ColumnToRead[];
  readonly writer: RowWriter;
}

/**
 * Reads the rows of a SELECT as packets, the fast way. Throws NJ-SOURCE-COLUMN-RETYPED.
 *
 * @returns false where the server does not prepare it: nothing was read then.
 */
export async function readPackets(reading: RowsReading, sql: string): Promise<boolean> {
  return reading.session.streamPackets(sql, reading.subject, (fields) => {
    const encoders = encodersOf(reading, fields, 'binary');
    const columns = encoders.map(({ encode, field }) => ({ encode, width: cellWidthOf(field) }));
    const rows = new PacketRows(reading.writer, columns);
    return (buffer, start, end) => {
      rows.row(buffer, start, end);
    };
  });
}

/** Reads the rows of a SELECT as cells, the slow way. Throws NJ-SOURCE-COLUMN-RETYPED. */
export async function readCells(reading: RowsReading, sql: string): Promise<void> {
  await reading.session.streamCells(sql, reading.subject, (fields) => {
    const encoders = encodersOf(reading, fields, 'text').map(({ encode }) => encode);
    const rows = new CellRows(reading.writer, encoders);
    return (cells) => {
      rows.row(cells);
    };
  });
}

function encodersOf(
  { subject, columns }: RowsReading,
  fields: readonly FieldPacket[],
  format: CellFormat,
): readonly { readonly encode: CellEncoder; readonly field: FieldPacket }[] {
  return columns.map(({ column, type }, index) => {
    const field = fields[index];
    const encode = field === undefined ? undefined : encoderFor(type.raw, field, format);
    if (field === undefined || encode === undefined) {
      throw nightjarError('NJ-SOURCE-COLUMN-RETYPED', {
        table: subject.printed,
        column,
        declared: type.text,
        found: `a result of type ${String(field?.columnType)}`,
        declare: undefined,
      });
    }
    return { encode, field };
  });
}
