import { table, type Table } from './table.ts';

export const placementTables: readonly Table[] = [
  table('tcs', 'Placement', {
    columns: [
      'id bigint(20) not null',
      'specialty varchar(255)',
      'dateFrom date',
      'dateTo date',
      'placementWholeTimeEquivalent float',
      'intrepidId varchar(255)',
      'traineeId bigint(20)',
      'postId bigint(20)',
      'localPostNumber varchar(255)',
      'siteCode varchar(255)',
      'gradeAbbreviation varchar(255)',
      'placementType varchar(255)',
      'status varchar(255)',
      'trainingDescription text',
      'siteId bigint(20)',
      'gradeId bigint(20)',
      'placementAddedDate datetime',
      'placementAmendedDate datetime',
      "lifecycleState enum('DRAFT','APPROVED') not null default 'APPROVED'",
    ],
    primaryKey: ['id'],
    indexes: [
      'fk_placement_post_id postId',
      'fk_placement_trainee_id traineeId',
      'placementIntrepidId intrepidId',
      'unique placement_intrepid_id intrepidId',
    ],
    references: {
      traineeId: 'Person.id',
      postId: 'Post.id',
    },
  }),
  table('tcs', 'PlacementSpecialty', {
    columns: [
      'placementId bigint(20) not null',
      'specialtyId bigint(20) not null',
      'placementSpecialtyType varchar(255) not null',
    ],
    primaryKey: ['placementId', 'specialtyId'],
    indexes: ['fk_placementspecialty_placement placementId', 'fk_placementspecialty_specialty specialtyId'],
    references: {
      placementId: 'Placement.id',
      specialtyId: 'Specialty.id',
    },
  }),
  table('tcs', 'PlacementSupervisor', {
    columns: [
      'placementId bigint(20) not null',
      'personId bigint(20) not null',
      'type tinyint(4) not null',
      'addedDate datetime not null default current_timestamp()',
    ],
    primaryKey: ['placementId', 'personId', 'type'],
    indexes: ['fk_placementsupervisor_personId personId'],
    references: {
      placementId: 'Placement.id',
      personId: 'Person.id',
    },
  }),
  table('tcs', 'PlacementSite', {
    columns: [
      'id bigint(20) not null',
      'placementId bigint(20)',
      'siteId bigint(20)',
      'placementSiteType varchar(255)',
    ],
    primaryKey: ['id'],
    indexes: ['fk_placement_site_id placementId'],
    references: {
      placementId: 'Placement.id',
    },
  }),
  table('tcs', 'PlacementLog', {
    columns: [
      'id bigint(20) not null',
      'dateFrom date',
      'dateTo date',
      "lifecycleState enum('DRAFT','APPROVED')",
      'placementId bigint(20) not null',
      "logType enum('CREATE','UPDATE','DELETE')",
      'validDateFrom datetime',
      'validDateTo datetime',
    ],
    primaryKey: ['id'],
    indexes: ['placementId placementId'],
  }),
  table('tcs', 'shedlock', {
    columns: [
      'name varchar(64) not null',
      'lock_until timestamp(3)',
      'locked_at timestamp(3)',
      'locked_by varchar(255)',
    ],
    primaryKey: ['name'],
  }),
];
