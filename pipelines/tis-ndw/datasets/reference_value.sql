-- Twenty code lists in one. A college's code is its abbreviation; an ethnic origin is its own label.
select 'AssessmentType' as list_name, code as code, normalize(label) as label, status from reference_assessment_type
union all select 'College', abbreviation, normalize(name), status from reference_college
union all select 'CurriculumSubType', code, normalize(label), status from reference_curriculum_sub_type
union all select 'EthnicOrigin', code, code, status from reference_ethnic_origin
union all select 'FundingType', code, normalize(label), status from reference_funding_type
union all select 'GdcStatus', code, normalize(label), status from reference_gdc_status
union all select 'Gender', code, normalize(label), status from reference_gender
union all select 'GmcStatus', code, normalize(label), status from reference_gmc_status
union all select 'LeavingDestination', code, normalize(label), status from reference_leaving_destination
union all select 'LeavingReason', code, normalize(label), status from reference_leaving_reason
union all select 'MaritalStatus', code, normalize(label), status from reference_marital_status
union all select 'PermitToWork', code, normalize(label), status from reference_permit_to_work
union all select 'PlacementType', code, normalize(label), status from reference_placement_type
union all select 'ProgrammeMembershipType', code, normalize(label), status from reference_programme_membership_type
union all select 'QualificationType', code, normalize(label), status from reference_qualification_type
union all select 'ReligiousBelief', code, normalize(label), status from reference_religious_belief
union all select 'Role', code, normalize(label), status from reference_role
union all select 'Settled', code, normalize(label), status from reference_settled
union all select 'SexualOrientation', code, normalize(label), status from reference_sexual_orientation
union all select 'Title', code, normalize(label), status from reference_title
