import assert from 'node:assert/strict';
import { test } from 'node:test';
import { carriesMarker } from './marker.ts';

test('finds made-up values inside longer texts', () => {
  const texts = [
    'duplicate key (surname)=(Mozquith)',
    'mail to amazquia.brozquell.17@example.com failed',
    'GMC ZQ7000123 is not a number',
    'nationalInsuranceNumber ZQ000123A',
    'call 07700 900123 or 01632 960001',
    'lives at ZZ12 4ZQ',
    'initials MZQ',
    'number YHD/ZQ000017/1/C',
  ];
  for (const text of texts) assert.ok(carriesMarker(text), text);
});

test('finds nothing in what a log has to say', () => {
  const texts = [
    'Read 2,100,000 rows of tcs.Placement in 47.3 s (44,397 rows a second).',
    'generation 42 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    'b35e2b73-92a5-49b4-a2ff-56d3bf9ff234',
    'East Midlands, In Post, DR in Training, Dr, ST3, SW1A 1AA, 020 1234 5678',
    '2026-03-10 07:00:09.001 person 7700 900 of 960 001',
  ];
  for (const text of texts) assert.equal(carriesMarker(text), false, text);
});
