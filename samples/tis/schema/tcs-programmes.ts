import { table, type Table } from './table.ts';

export const programmeTables: readonly Table[] = [
  table('tcs', 'Programme', {
    columns: [
      'id bigint(20) not null',
      'status varchar(255)',
      'owner varchar(255)',
      'programmeName varchar(255)',
      'programmeNumber varchar(255)',
      'intrepidId varchar(255)',
    ],
    primaryKey: ['id'],
    indexes: ['unique programme_intrepid_id intrepidId'],
  }),
  table('tcs', 'ProgrammeCurriculum', {
    columns: [
      'programmeId bigint(20) not null',
      'curriculumId bigint(20) not null',
      'gmcProgrammeCode varchar(255)',
      'id bigint(20) not null',
    ],
    primaryKey: ['id'],
    indexes: ['fk_curriculum_programme curriculumId', 'fk_programme_curriculum programmeId'],
    references: {
      programmeId: 'Programme.id',
      curriculumId: 'Curriculum.id',
    },
  }),
  table('tcs', 'Curriculum', {
    columns: [
      'id bigint(20) not null',
      'name varchar(255)',
      'curriculumSubType varchar(255)',
      'assessmentType varchar(255)',
      'doesThisCurriculumLeadToCct bit(1)',
      'periodOfGrace int(11)',
      'intrepidId varchar(255)',
      'specialtyId varchar(255)',
      'status varchar(255) not null',
      'length int(11) not null default 0',
      'uuid varchar(36)',
      'eligibleForPeriodOfGrace tinyint(1) not null default 0',
    ],
    primaryKey: ['id'],
    indexes: ['unique curriculum_intrepid_id intrepidId', 'unique idx_uuid_unique uuid'],
  }),
  table('tcs', 'Specialty', {
    columns: [
      'id bigint(20) not null',
      'status varchar(255)',
      'college varchar(255)',
      'specialtyCode varchar(255)',
      'specialtyGroupId bigint(20)',
      'intrepidId varchar(255)',
      'name varchar(255)',
      'uuid varchar(36)',
      'blockIndemnity tinyint(1) default 0',
    ],
    primaryKey: ['id'],
    indexes: [
      'fk_specialty_specialty_group_id specialtyGroupId',
      'unique idx_uuid_unique uuid',
      'unique specialty_intrepid_id intrepidId',
    ],
    references: {
      specialtyGroupId: 'SpecialtyGroup.id',
    },
  }),
  table('tcs', 'SpecialtyGroup', {
    columns: ['id bigint(20) not null', 'name varchar(255)', 'intrepidId varchar(255)', 'uuid varchar(36)'],
    primaryKey: ['id'],
    indexes: ['unique idx_uuid_unique uuid'],
  }),
  table('tcs', 'SpecialtyTypes', {
    columns: ['specialtyId bigint(20) not null', 'specialtyType varchar(255) not null', 'uuid varchar(36)'],
    primaryKey: ['specialtyId', 'specialtyType'],
    indexes: ['unique idx_uuid_unique uuid'],
    references: {
      specialtyId: 'Specialty.id',
    },
  }),
  table('tcs', 'TrainingNumber', {
    columns: [
      'id bigint(20) not null',
      'trainingNumberType varchar(255)',
      'number int(11)',
      'appointmentYear int(11)',
      'typeOfContract varchar(255)',
      'suffix varchar(255)',
      'programmeId bigint(20)',
      'trainingNumber varchar(25)',
      'intrepidId varchar(255)',
    ],
    primaryKey: ['id'],
    indexes: ['FK_Programme_trainingNumber_Ref programmeId'],
    references: {
      programmeId: 'Programme.id',
    },
  }),
  table('tcs', 'ProgrammeMembership', {
    columns: [
      'uuid varchar(36) not null',
      'programmeMembershipType varchar(255)',
      'programmeStartDate date',
      'programmeEndDate date',
      'programmeId bigint(20) not null',
      'trainingNumberId bigint(20)',
      'personId bigint(20) not null',
      'rotation varchar(255)',
      'rotationId bigint(20)',
      'trainingPathway varchar(255)',
      'leavingReason varchar(255)',
      'leavingDestination varchar(255)',
      'amendedDate datetime(3) not null default current_timestamp(3)',
    ],
    primaryKey: ['uuid'],
    indexes: [
      'fk_ProgrammeMembership_person_id personId',
      'fk_ProgrammeMembership_programme_id programmeId',
      'fk_ProgrammeMembership_rotation_id rotationId',
      'fk_ProgrammeMembership_training_number_id trainingNumberId',
    ],
    references: {
      programmeId: 'Programme.id',
      trainingNumberId: 'TrainingNumber.id',
      personId: 'Person.id',
      rotationId: 'Rotation.id',
    },
  }),
  table('tcs', 'CurriculumMembership', {
    columns: [
      'id bigint(20) not null',
      'curriculumStartDate date',
      'curriculumEndDate date',
      'periodOfGrace int(11)',
      'curriculumCompletionDate date',
      'curriculumId bigint(20) not null',
      'intrepidId varchar(255)',
      'amendedDate datetime(3) not null default current_timestamp(3)',
      'programmeMembershipUuid varchar(36) not null',
    ],
    primaryKey: ['id'],
    indexes: [
      'fk_ProgrammeMembership_curriculum_id curriculumId',
      'fk_ProgrammeMembership_programme_membership_id programmeMembershipUuid',
    ],
    references: {
      programmeMembershipUuid: 'ProgrammeMembership.uuid',
    },
  }),
  table('tcs', 'ConditionsOfJoining', {
    columns: [
      'programmeMembershipUuid varchar(36) not null',
      'signedAt datetime(3) not null',
      "version enum('GG9','GG10') not null",
    ],
    primaryKey: ['programmeMembershipUuid'],
    references: {
      programmeMembershipUuid: 'ProgrammeMembership.uuid',
    },
  }),
];
