import { table, type Table } from './table.ts';

export const postTables: readonly Table[] = [
  table('tcs', 'Post', {
    columns: [
      'id bigint(20) not null',
      'nationalPostNumber varchar(255)',
      'status varchar(255)',
      'employingBodyId bigint(20)',
      'trainingBodyId bigint(20)',
      'oldPostId bigint(20)',
      'newPostId bigint(20)',
      'suffix varchar(255)',
      'owner varchar(255)',
      'postFamily varchar(255)',
      'localPostNumber varchar(255)',
      'trainingDescription text',
      'intrepidId varchar(255)',
      "legacy bit(1) not null default b'0'",
      "bypassNPNGeneration bit(1) default b'1'",
      "fundingStatus varchar(255) not null default 'INACTIVE'",
    ],
    primaryKey: ['id'],
    indexes: [
      'nationalPostNumber nationalPostNumber',
      'newPostId newPostId',
      'oldPostId oldPostId',
      'postIntrepidId intrepidId',
      'unique post_intrepid_id intrepidId',
    ],
    references: {
      oldPostId: 'Post.id',
      newPostId: 'Post.id',
    },
  }),
  table('tcs', 'PostFunding', {
    columns: [
      'id bigint(20) not null',
      'startDate date',
      'endDate date',
      'intrepidId varchar(255)',
      'postId bigint(20) not null',
      'fundingType varchar(255)',
      'info varchar(255)',
      'fundingBodyId varchar(255)',
      'fundingSubTypeId varchar(36)',
      'fundingReasonId varchar(36)',
    ],
    primaryKey: ['id'],
    indexes: ['fk_post postId'],
    references: {
      postId: 'Post.id',
    },
  }),
  table('tcs', 'PostGrade', {
    columns: [
      'id bigint(20) not null',
      'postId bigint(20) not null',
      'gradeId bigint(20)',
      'postGradeType varchar(255) not null',
    ],
    primaryKey: ['id'],
    indexes: ['fk_post_postgrade_post_id postId'],
    references: {
      postId: 'Post.id',
    },
  }),
  table('tcs', 'PostSite', {
    columns: [
      'id bigint(20) not null',
      'postId bigint(20) not null',
      'siteId bigint(20)',
      'postSiteType varchar(255) not null',
    ],
    primaryKey: ['id'],
    indexes: ['fk_post_postsite_post_id postId'],
    references: {
      postId: 'Post.id',
    },
  }),
  table('tcs', 'PostSpecialty', {
    columns: [
      'id bigint(20) not null',
      'postId bigint(20) not null',
      'specialtyId bigint(20) not null',
      'postSpecialtyType varchar(255) not null',
    ],
    primaryKey: ['id'],
    indexes: ['fk_post_postspecialty_post_id postId', 'fk_post_postspecialty_specialty_id specialtyId'],
    references: {
      postId: 'Post.id',
      specialtyId: 'Specialty.id',
    },
  }),
  table('tcs', 'PostTrust', {
    columns: [
      'id bigint(20) not null',
      'postId bigint(20) not null',
      'trustId bigint(20) not null',
      'trustCode varchar(255)',
      'trustName varchar(255)',
    ],
    primaryKey: ['id'],
    indexes: ['posttrust_post_id_idx postId'],
    references: {
      postId: 'Post.id',
    },
  }),
  table('tcs', 'ProgrammePost', {
    columns: [
      'programmeId bigint(20) not null',
      'postId bigint(20) not null',
      'addedDate datetime not null default current_timestamp()',
    ],
    primaryKey: ['programmeId', 'postId'],
    indexes: ['fk_programmepost_post_id postId'],
    references: {
      programmeId: 'Programme.id',
      postId: 'Post.id',
    },
  }),
  table('tcs', 'Rotation', {
    columns: [
      'id bigint(20) not null',
      'intrepidId bigint(20)',
      'programmeId bigint(20) not null',
      'name varchar(255) not null',
      'status varchar(255)',
    ],
    primaryKey: ['id'],
    indexes: ['unique uk_programme_id_name programmeId name'],
    references: {
      programmeId: 'Programme.id',
    },
  }),
  table('tcs', 'RotationPost', {
    columns: [
      'id bigint(20) not null',
      'intrepidId bigint(20)',
      'postId bigint(20) not null',
      'rotationId bigint(20) not null',
    ],
    primaryKey: ['id'],
    indexes: ['fk_rotation_post_rotation_id rotationId', 'unique uk_post_id_rotation_id postId rotationId'],
    references: {
      postId: 'Post.id',
      rotationId: 'Rotation.id',
    },
  }),
];
