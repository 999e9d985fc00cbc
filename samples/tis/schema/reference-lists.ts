import { table, type Table } from './table.ts';

export const listTables: readonly Table[] = [
  table('reference', 'AssessmentType', {
    columns: [
      'id bigint(20) not null',
      'code varchar(255) not null',
      'label varchar(255)',
      'status varchar(255)',
      'uuid varchar(36)',
    ],
    primaryKey: ['id'],
    indexes: ['unique code code', 'unique idx_uuid_unique uuid'],
  }),
  table('reference', 'College', {
    columns: [
      'id bigint(20) not null',
      'abbreviation varchar(255) not null',
      'name varchar(255)',
      'status varchar(255)',
      'uuid varchar(36)',
    ],
    primaryKey: ['id'],
    indexes: ['unique abbreviation abbreviation', 'unique idx_uuid_unique uuid'],
  }),
  table('reference', 'Country', {
    columns: [
      'id bigint(20) not null',
      "countryNumber varchar(255) not null default ''",
      'nationality varchar(255) not null',
      'status varchar(255)',
      'uuid varchar(36)',
    ],
    primaryKey: ['id'],
    indexes: ['unique countryNumber countryNumber', 'unique idx_uuid_unique uuid'],
  }),
  table('reference', 'CurriculumSubType', {
    columns: [
      'id bigint(20) not null',
      'code varchar(255) not null',
      'label varchar(255) not null',
      'status varchar(255)',
      'uuid varchar(36)',
    ],
    primaryKey: ['id'],
    indexes: ['unique code code', 'unique idx_uuid_unique uuid'],
  }),
  table('reference', 'EthnicOrigin', {
    columns: [
      'id bigint(20) not null',
      'code varchar(255) not null',
      'status varchar(255)',
      'uuid varchar(36)',
    ],
    primaryKey: ['id'],
    indexes: ['unique code code', 'unique idx_uuid_unique uuid'],
  }),
  table('reference', 'FundingIssue', {
    columns: ['id bigint(20) not null', 'code varchar(255) not null', 'status varchar(255)'],
    primaryKey: ['id'],
    indexes: ['unique code code'],
  }),
  table('reference', 'FundingReason', {
    columns: ['id varchar(36) not null', 'reason varchar(255) not null', 'status varchar(255)'],
    primaryKey: ['id'],
  }),
  table('reference', 'FundingSubType', {
    columns: [
      'id varchar(36) not null',
      'code varchar(255) not null',
      'label varchar(255) not null',
      'parentId bigint(20) not null',
      'status varchar(255)',
    ],
    primaryKey: ['id'],
    indexes: ['fk_funding_sub_type_parent_id parentId'],
    references: {
      parentId: 'FundingType.id',
    },
  }),
  table('reference', 'FundingType', {
    columns: [
      'id bigint(20) not null',
      'code varchar(255) not null',
      'label varchar(255) not null',
      'status varchar(255)',
      'uuid varchar(36)',
      "allowDetails bit(1) default b'0'",
    ],
    primaryKey: ['id'],
    indexes: ['unique code code', 'unique idx_uuid_unique uuid'],
  }),
  table('reference', 'GdcStatus', {
    columns: [
      'id bigint(20) not null',
      'code varchar(255) not null',
      'label varchar(255) not null',
      'status varchar(255)',
      'uuid varchar(36)',
    ],
    primaryKey: ['id'],
    indexes: ['unique code code', 'unique idx_uuid_unique uuid'],
  }),
  table('reference', 'Gender', {
    columns: [
      'id bigint(20) not null',
      'code varchar(255) not null',
      'label varchar(255) not null',
      'status varchar(255)',
      'uuid varchar(36)',
    ],
    primaryKey: ['id'],
    indexes: ['unique code code', 'unique idx_uuid_unique uuid'],
  }),
  table('reference', 'GmcStatus', {
    columns: [
      'id bigint(20) not null',
      'code varchar(255) not null',
      'label varchar(255) not null',
      'status varchar(255)',
      'uuid varchar(36)',
    ],
    primaryKey: ['id'],
    indexes: ['unique code code', 'unique idx_uuid_unique uuid'],
  }),
  table('reference', 'InactiveReason', {
    columns: [
      'id bigint(20) not null',
      'code varchar(255) not null',
      'label varchar(255) not null',
      'status varchar(255)',
    ],
    primaryKey: ['id'],
    indexes: ['unique code code'],
  }),
  table('reference', 'LeavingDestination', {
    columns: [
      'id bigint(20) not null',
      'code varchar(255) not null',
      'label varchar(255) not null',
      'status varchar(255)',
    ],
    primaryKey: ['id'],
    indexes: ['unique code code'],
  }),
  table('reference', 'LeavingReason', {
    columns: [
      'id bigint(20) not null',
      'code varchar(255) not null',
      'label varchar(255) not null',
      'status varchar(255)',
    ],
    primaryKey: ['id'],
    indexes: ['unique code code'],
  }),
  table('reference', 'MaritalStatus', {
    columns: [
      'id bigint(20) not null',
      'code varchar(255) not null',
      'label varchar(255) not null',
      'status varchar(255)',
      'uuid varchar(36)',
    ],
    primaryKey: ['id'],
    indexes: ['unique code code', 'unique idx_uuid_unique uuid'],
  }),
  table('reference', 'MedicalSchool', {
    columns: [
      'id bigint(20) not null',
      'code varchar(255)',
      'label varchar(255) not null',
      'status varchar(255)',
      'uuid varchar(36)',
    ],
    primaryKey: ['id'],
    indexes: ['unique idx_uuid_unique uuid'],
  }),
  table('reference', 'Nationality', {
    columns: [
      'id bigint(20) not null',
      "countryNumber varchar(255) not null default ''",
      'nationality varchar(255) not null',
      'status varchar(255)',
      'uuid varchar(36)',
    ],
    primaryKey: ['id'],
    indexes: ['unique idx_uuid_unique uuid'],
  }),
  table('reference', 'PermitToWork', {
    columns: [
      'id bigint(20) not null',
      'code varchar(255) not null',
      'label varchar(255) not null',
      'status varchar(255)',
      'uuid varchar(36)',
    ],
    primaryKey: ['id'],
    indexes: ['unique code code', 'unique idx_uuid_unique uuid'],
  }),
  table('reference', 'PlacementType', {
    columns: [
      'id bigint(20) not null',
      'code varchar(255) not null',
      'label varchar(255) not null',
      'status varchar(255)',
      'uuid varchar(36)',
    ],
    primaryKey: ['id'],
    indexes: ['unique code code', 'unique idx_uuid_unique uuid'],
  }),
  table('reference', 'ProgrammeMembershipType', {
    columns: [
      'id bigint(20) not null',
      'code varchar(255) not null',
      'label varchar(255) not null',
      'status varchar(255)',
      'uuid varchar(36)',
    ],
    primaryKey: ['id'],
    indexes: ['unique code code', 'unique idx_uuid_unique uuid'],
  }),
  table('reference', 'QualificationReference', {
    columns: [
      'id bigint(20) not null',
      'code varchar(255) not null',
      'label varchar(255) not null',
      'status varchar(255)',
    ],
    primaryKey: ['id'],
    indexes: ['unique code code'],
  }),
  table('reference', 'QualificationType', {
    columns: [
      'id bigint(20) not null',
      'code varchar(255) not null',
      'label varchar(255) not null',
      'status varchar(255)',
    ],
    primaryKey: ['id'],
    indexes: ['unique code code'],
  }),
  table('reference', 'RecordType', {
    columns: [
      'id bigint(20) not null',
      'code varchar(255) not null',
      'label varchar(255) not null',
      'status varchar(255)',
    ],
    primaryKey: ['id'],
    indexes: ['unique code code'],
  }),
  table('reference', 'ReligiousBelief', {
    columns: [
      'id bigint(20) not null',
      'code varchar(255) not null',
      'label varchar(255) not null',
      'status varchar(255)',
      'uuid varchar(36)',
    ],
    primaryKey: ['id'],
    indexes: ['unique code code', 'unique idx_uuid_unique uuid'],
  }),
  table('reference', 'Role', {
    columns: [
      'id bigint(20) not null',
      'code varchar(255) not null',
      'label varchar(255) not null',
      'status varchar(255)',
      'categoryId bigint(20) not null',
      'uuid varchar(36)',
    ],
    primaryKey: ['id'],
    indexes: ['unique code code', 'fk_role_categoryId categoryId', 'unique idx_uuid_unique uuid'],
    references: {
      categoryId: 'RoleCategory.id',
    },
  }),
  table('reference', 'RoleCategory', {
    columns: ['id bigint(20) not null', 'name varchar(50) not null', 'uuid varchar(36)'],
    primaryKey: ['id'],
    indexes: ['unique idx_uuid_unique uuid'],
  }),
  table('reference', 'Settled', {
    columns: [
      'id bigint(20) not null',
      'code varchar(255) not null',
      'label varchar(255) not null',
      'status varchar(255)',
      'uuid varchar(36)',
    ],
    primaryKey: ['id'],
    indexes: ['unique code code', 'unique idx_uuid_unique uuid'],
  }),
  table('reference', 'SexualOrientation', {
    columns: [
      'id bigint(20) not null',
      'code varchar(255) not null',
      'label varchar(255) not null',
      'status varchar(255)',
      'uuid varchar(36)',
    ],
    primaryKey: ['id'],
    indexes: ['unique code code', 'unique idx_uuid_unique uuid'],
  }),
  table('reference', 'Title', {
    columns: [
      'id bigint(20) not null',
      'code varchar(255) not null',
      'label varchar(255) not null',
      'status varchar(255)',
      'uuid varchar(36)',
    ],
    primaryKey: ['id'],
    indexes: ['unique code code', 'unique idx_uuid_unique uuid'],
  }),
  table('reference', 'TrainingNumberType', {
    columns: [
      'id bigint(20) not null',
      'code varchar(255) not null',
      'label varchar(255) not null',
      'status varchar(255)',
    ],
    primaryKey: ['id'],
    indexes: ['unique code code'],
  }),
];
