/** Categories and codes of `Person.role`. Which codes exist is public; the list here is the part of it that a reader meets. */
export const roleCategories = [
  'Clinical Supervisors',
  'Educational Supervisors',
  'Others',
  'Leave Approvers',
] as const;

export const traineeRole = 'DR in Training';
/** The letter case in which about one trainee in twenty has it (H15). */
export const driftedTraineeRole = 'Dr in Training';

/** Ten further roles hold the words "Clinical Supervisor": whoever looks for a part of the text finds all eleven (H16). */
export const clinicalSupervisorRoles = [
  'Clinical Supervisor',
  'Dental Clinical Supervisor',
  'Foundation Clinical Supervisor',
  'GP Clinical Supervisor',
  'GP Foundation Clinical Supervisor',
  'GP Out of Hours Clinical Supervisor',
  'HEEWM Clinical Supervisor',
  'HEEWM Dental Clinical Supervisor',
  'HEEWM GP Clinical Supervisor',
  'NE.Clinical Supervisor',
  'YH Clinical Supervisor',
] as const;

export const educationalSupervisorRoles = [
  'Educational Supervisor',
  'Dental Educational Supervisor',
  'Foundation Educational Supervisor',
  'GP Educational Supervisor',
  'HEEWM Educational Supervisor',
  'HEEWM GP Educational Supervisor',
  'Academic Supervisor',
  'Activity Supervisor (Public Health)',
] as const;

export const leaveApproverRoles = [
  'Leave.Approver.Administrator',
  'Leave.Approver.NonAdministrator',
  'Leave.Administrator.Manual',
] as const;

export const otherRoles = [
  traineeRole,
  'Dentist in Training',
  'PH Registrar',
  'SelfService.LeaveApplicant',
  'SelfService.ContactDetails',
  'SelfService.TrainingHistory',
  'Placeholder',
  'Placeholder Coordinator',
  'Dummy Record',
  'Non-Trainee Doctor',
  'Trust Doctor',
  'SAS Doctor',
  'Consultant',
  'Head of School',
  'Training Programme Director',
  'GP Training Programme Director',
  'Programme Director',
  'Foundation Trainer',
  'GP Trainer',
  'GP Associate Director',
  'GP Practice Manager',
  'Dental Trainer',
  'Medical Director',
  'Medical Education Managers',
  'Responsible Officer',
  'Retained Doctor',
  'STC Chairman',
  'Simulation Educator',
  'Course Facilitator',
  'Assessment Panel Member',
  'ARCP Lay Member',
  'ARCP External Member',
  'Assessment.Access',
  'Person.Access',
  'Post.Access',
  'Programme.Access',
  'Placement Manager Planner',
  'Placement Manager Read Only',
  'Local Office Role',
  'TeachingSessions.Admin',
] as const;

/** Staff of the offices bear these. */
export const staffRoles = [
  'Local Office Role',
  'Person.Access',
  'Medical Education Managers',
  'GP Practice Manager',
  'Assessment Panel Member',
  'ARCP Lay Member',
] as const;
