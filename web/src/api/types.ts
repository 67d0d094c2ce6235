/** Names for what the API takes and answers; the shapes themselves are generated from openapi.yaml. */
import type { components, paths } from './schema';

type Schemas = components['schemas'];

export type Stage = Schemas['Stage'];
export type ListStage = Extract<Stage, 'in-talks' | 'signed' | 'registered' | 'started'>;
export type Light = Schemas['Light'];
export type Role = Schemas['Role'];
export type ContactKind = Schemas['ContactKind'];
export type ClaimStatus = Schemas['ClaimStatus'];
export type MatchLevel = Schemas['MatchLevel'];
export type ReasonCode = Schemas['ReasonCode'];
export type BuildKind = Schemas['BuildKind'];
export type Channel = Schemas['Channel'];
export type EntryKind = Schemas['EntryKind'];
export type JurisdictionKind = Schemas['JurisdictionKind'];

export type Named = Schemas['UnitRef'];
export type Money = Schemas['Money'];
export type Totals = Schemas['Totals'];
export type Jurisdiction = Schemas['JurisdictionView'];
export type JurisdictionInput = Schemas['JurisdictionBody'];
export type User = Schemas['UserView'];
export type TokenAnswer = Schemas['TokenResponse'];
export type Me = Omit<Schemas['MeResponse'], 'jurisdiction' | 'role'> & {
  jurisdiction: Schemas['JurisdictionRef'] | null;
  role: Role;
};
export type SignInMethods = Schemas['OidcMethodsResponse'];
export type SetUpCheck = Schemas['SetUpCheckResponse'];
export type SecondFactorSecret = Schemas['SetUpSecondFactorBeginResponse'];
export type SessionEntry = Schemas['SessionView'];
export type UserAccount = Schemas['UserAccount'];
export type UserInput = Schemas['UserBody'];
export type SetUpLink = Schemas['SetUpLink'];
export type ApiKey = Schemas['ApiKeyView'];
export type ApiKeyInput = Schemas['ApiKeyBody'];
export type Demo = Schemas['DemoCityResponse'];

export type InvestorInput = Schemas['InvestorBody'];
export type ContactPerson = Schemas['PersonBody'];
export type FileRef = Schemas['FileRef'];
export type ProjectInput = Schemas['ProjectBody'];
export type Project = Schemas['ProjectView'];
export type ReportContact = Schemas['ReportContact'];
export type Claim = Schemas['ClaimView'];
export type Receipt = Schemas['ReceiptsView'];
export type MatchFacts = Schemas['ListCandidatesFacts'];
export type Candidate = Schemas['ListCandidatesCandidate'];
export type Candidates = Schemas['ListCandidatesResponse'];
export type FirmAlias = Schemas['FirmAlias'];
export type Dispute = Schemas['DisputeView'];
export type DisputeStatus = Schemas['DisputeStatus'];
export type DisputeOutcome = Schemas['DisputeOutcome'];
export type Evidence = Schemas['Evidence'];
export type Move = Schemas['MoveView'];
export type MoveInput = Schemas['SubmitMoveRequest'];
export type TimelineEntry = Omit<Schemas['ReadTimelineEntry'], 'actor' | 'before' | 'after'> & {
  actor: Schemas['ReadTimelineActor'] | null;
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
};

export type FourList = Schemas['FourListsResponse'];
export type Summary = Schemas['SummaryResponse'];
export type SummaryRow = Schemas['SummaryRow'];
export type RuleSet = Schemas['RuleSetView'];
export type RuleSetInput = Schemas['RuleSetBody'];
export type RuleSetDraft = Omit<Schemas['RuleSetDraftView'], 'rules'> & { rules: RuleSetNumbers };
/** All numbers of a rule set, without what becomes of it; a draft always says each of them. */
export type RuleSetNumbers = Omit<
  RuleSet,
  'id' | 'effectiveTo' | 'startsAt' | 'version' | 'allowedActions' | 'yearsWithoutRates'
>;
export type MarketOffer = Schemas['BlindMarketOfferView'];
export type MarketFit = Schemas['BlindMarketFitView'];
export type RecordImport = Schemas['RecordImportView'];
export type RecordImportRow = Schemas['RecordRowView'];
export type RecordKind = Schemas['RecordKind'];
export type Rehearsal = Schemas['RehearseRuleSetRehearsalView'];
export type RehearsedIndicator = Schemas['RehearseRuleSetRehearsedIndicatorView'];
export type RehearsedUnit = Schemas['RehearseRuleSetRehearsedUnit'];
export type RehearsedRow = Schemas['RehearseRuleSetRehearsedRowView'];
export type RehearsedCredit = Schemas['RehearseRuleSetRehearsedCredit'];
export type IndustryClass = Schemas['IndustryClass'];
export type Problem = Pick<Schemas['Problem'], 'type' | 'title' | 'status' | 'errors'> & Partial<Schemas['Problem']>;

export type ProjectQuery = NonNullable<paths['/api/v1/projects']['get']['parameters']['query']>;
export type ExportQuery = NonNullable<paths['/api/v1/exports/projects.xlsx']['get']['parameters']['query']>;
export type ListQuery = NonNullable<paths['/api/v1/lists/{stage}']['get']['parameters']['query']>;

export type Import = Schemas['ImportView'];
export type ImportField = Schemas['ImportField'];
export type ImportMode = Schemas['ImportMode'];
export type ImportRow = Omit<Schemas['ImportRowView'], 'parsed' | 'changes'> & {
  parsed: Record<string, unknown>;
  changes?: Record<string, { from?: unknown; to?: unknown }>;
};
export type ImportOutcome = 'accepted' | 'doubtful' | 'rejected';

export type AuditActor = Schemas['AuditActor'];
export type AuditOutcome = Schemas['AuditOutcome'];
export type AuditChange = { field: string; before?: unknown; after?: unknown };
export type AuditEntry = Omit<Schemas['AuditView'], 'changes'> & { changes: AuditChange[] };
export type AuditQuery = NonNullable<paths['/api/v1/audit']['get']['parameters']['query']>;
export type AuditCheck = Schemas['VerifyAuditVerification'];
export type PermissionRow = Schemas['PermissionTableRow'];
export type Notice = Schemas['NoticeView'];
export type NoticeKind = Schemas['NoticeKind'];
export type NoticeSettings = Schemas['NoticeSettingsView'];
export type PersonRecord = Schemas['PersonRecord'];
export type PersonExport = Schemas['ExportPersonResponse'];
export type SavedView = Schemas['SavedView'];
export type SavedViewInput = Schemas['ViewBody'];
export type PastedRow = Schemas['ReadPastedResponse'];

export type LitProject = Schemas['LitProjectView'];
export type LightTotal = Schemas['LightTotal'];
export type LeaderLink = Schemas['LeaderLinkView'];
export type LeaderBatch = Schemas['LeaderBatchView'];
export type LeaderBatchInput = Schemas['LeaderBatchBody'];
export type LinkStatus = Schemas['LinkStatus'];
export type LinkEnd = Schemas['LinkEnd'];
export type LeaderRole = Schemas['LeaderRole'];
export type IdentityRow = Schemas['IdentityRow'];
export type TolerancePaper = Schemas['TolerancePaper'];
export type TeamMember = Schemas['TeamMemberView'];
export type TeamRole = Schemas['TeamRole'];
export type DueItem = Schemas['DueItem'];
export type Removal = Schemas['RemovalView'];
export type RemovalStatus = Schemas['RemovalStatus'];
export type ProjectProblem = Schemas['ProblemView'];
export type ProblemRaise = Schemas['RaiseProblemRequest'];
export type ProblemKind = Schemas['ProblemKind'];
export type ProblemStatus = Schemas['ProblemStatus'];
export type ProblemStatistic = Schemas['ReadProblemStatisticsRow'];
export type Meeting = Schemas['MeetingView'];
export type MeetingKind = Schemas['MeetingKind'];
export type MeetingStatus = Schemas['MeetingStatus'];
export type MeetingPlan = Schemas['PlanMeetingRequest'];
export type MeetingDecision = Schemas['RecordMinutesDecision'];
export type MeetingProject = Schemas['MeetingProject'];
export type AgendaItem = Schemas['AgendaItem'];
export type MeetingAction = Schemas['ActionView'];
export type ActionStatus = Schemas['ActionStatus'];
export type Transfer = Schemas['TransferView'];
export type TransferStatus = Schemas['TransferStatus'];
export type SigningNotice = Schemas['SigningNoticeView'];
export type SigningNoticeInput = Schemas['FileSigningNoticeRequest'];
export type Capital = Schemas['CapitalView'];
export type CapitalInput = Schemas['SubmitCapitalRequest'];
export type CapitalKind = Schemas['CapitalKind'];
export type VoucherKind = Schemas['VoucherKind'];
export type CreditAgreement = Schemas['CreditAgreementView'];
export type Board = Schemas['BoardView'];
export type Period = Schemas['PeriodView'];
export type SnapshotRef = Schemas['SnapshotRef'];
export type Pattern = Schemas['PatternView'];
export type PatternFact = Schemas['PatternFact'];
export type Proof = Schemas['ProofView'];
export type BoardRow = Schemas['BoardRow'];
export type Figure = Schemas['FigureView'];
export type FigureIndicator = Schemas['FigureIndicator'];
export type FigureFact = Schemas['FigureFact'];
export type FigureExplanation = Schemas['FigureExplanation'];
export type Target = Schemas['TargetView'];
export type Indicator = Schemas['IndicatorView'];
export type IndicatorBody = Schemas['IndicatorBody'];
export type Trial = Schemas['TryIndicatorTrial'];
export type CreditItem = Schemas['ReadCreditCreditItem'];
export type CreditRow = Schemas['ReadCreditCreditRowView'];
export type CreditSum = Schemas['ReadCreditSum'];
export type CreditTotal = Schemas['ReadCreditTotal'];
export type CreditTotals = Schemas['ReadCreditTotals'];
