/** What the API takes and answers, in the words of the HTTP contract. */

export type Stage = 'in-talks' | 'signed' | 'registered' | 'started' | 'in-production' | 'terminated';
export type ListStage = 'in-talks' | 'signed' | 'registered' | 'started';
export type Light = 'green' | 'yellow' | 'red';
export type Role = 'officer' | 'coordinator' | 'leader' | 'department' | 'auditor' | 'admin';
export type ContactKind = 'visit' | 'reception' | 'meeting' | 'letter' | 'call' | 'other';
export type ClaimStatus =
  | 'active' | 'queued' | 'under-review' | 'converted' | 'expired'
  | 'released' | 'revoked' | 'transferred' | 'withdrawn' | 'rejected';
export type MatchLevel = 'l1' | 'l2' | 'l3';
export type ReasonCode = 'policy' | 'market' | 'force-majeure' | 'land' | 'funding' | 'investor-withdrew' | 'other';
export type JurisdictionKind = 'centre' | 'county' | 'district' | 'city' | 'zone' | 'office' | 'department';

export interface Named { id: string; name: string }
export interface Money { amount: number; currency: string }
export interface Totals { cny: number; byCurrency: Money[] }
export interface Page<T> { items: T[]; nextCursor: string | null; total?: number }

export interface Jurisdiction {
  id: string; code: string; name: string; nameEn?: string; kind: JurisdictionKind;
  parentId?: string | null; reports: boolean; provincialZone: boolean; active: boolean; version?: number;
}

export interface User {
  id: string; username: string; displayName: string; role?: Role; jurisdiction?: { id: string; code: string; name: string } | null;
}
export interface Me {
  user: User; role: Role; jurisdiction: { id: string; code: string; name: string } | null; permissions: string[];
}
export interface Demo {
  password: string;
  accounts: { username: string; displayName: string; role: Role; jurisdiction?: Named | string | null }[];
}

export interface Investor {
  name: string; uscc?: string; country: string; groupParent?: string;
  fortune500?: boolean; china500?: boolean; listed?: boolean; centralSoe?: boolean; specialised?: boolean; primary: boolean;
}
export interface ContactPerson { name: string; phone?: string; email?: string; title?: string }
export interface FileRef { id: string; name: string }
export interface StoredFile extends FileRef { contentType: string; size: number; uploadedAt: string }

export interface ProjectInput {
  name?: string; nationalCode?: string; secret?: boolean; investors?: Investor[]; totalInvestment?: Money;
  fixedInvestment?: Money; foreignCapital?: Money; industryCode?: string; chain?: string;
  buildKind?: BuildKind; landMu?: number; energyTce?: number; jobs?: number; annualOutput?: Money; annualTax?: Money;
  provincialZone?: boolean; landingPlace?: { id?: string; text?: string }; contacts?: ContactPerson[];
  channel?: Channel; referrer?: string; plannedSigningOn?: string; plannedStartOn?: string; phase?: string;
}
export type BuildKind = 'new' | 'expansion' | 'renovation';
export type Channel = 'fund' | 'intermediary' | 'office' | 'event' | 'other';

export interface Project {
  id: string; code: string; name: string; stage: Stage; owner: Named; firstTalk?: Named | null;
  investors: Investor[]; totalInvestment?: Money; fixedInvestment?: Money; foreignCapital?: Money;
  industryCode?: string; chain?: string; nationalCode?: string; manufacturing?: boolean; foreign?: boolean;
  buildKind?: BuildKind; landMu?: number; energyTce?: number; jobs?: number; annualOutput?: Money; annualTax?: Money;
  phase?: string; channel?: Channel; referrer?: string; provincialZone?: boolean; secret?: boolean; summary?: boolean;
  asOf?: string; contacts?: ContactPerson[]; landingPlace?: { id?: string; text?: string };
  plannedSigningOn?: string; plannedStartOn?: string;
  stageDates: { inTalks?: string | null; signed?: string | null; registered?: string | null; started?: string | null; inProduction?: string | null };
  claim?: { id: string; status: ClaimStatus; expiresAt?: string } | null;
  light?: Light; flags?: string[]; reportRequired?: boolean; allowedActions?: string[];
  missing?: { to: Stage; field: string }[]; pendingMove?: { id: string; to: Stage; status: MoveStatus };
  version: number; createdAt: string; updatedAt: string;
}

export interface ReportContact { kind: ContactKind; occurredOn: string; note: string; files?: string[] }
export interface Claim {
  id: string; sequence: number; status: ClaimStatus; jurisdiction: Named; reportedBy: Named; receivedAt: string;
  activatedAt?: string; expiresAt?: string; endedAt?: string; endReason?: string; queuePosition?: number; projectId?: string;
  report?: ProjectInput; contacts?: ReportContact[]; receipt: { hash: string; previousHash?: string };
  ruleSetId?: string; allowedActions?: string[]; version: number;
}
export interface Receipt {
  claimId: string; sequence: number; receivedAt: string; jurisdiction: Named; hash: string; previousHash?: string; canonical: string;
}
export interface MatchFacts {
  name: string; nationalCode?: string;
  investors: { name: string; uscc?: string; country?: string; groupParent?: string; primary: boolean }[];
  totalInvestment?: Money; industryCode?: string;
}
export interface Candidate {
  subject: 'project' | 'claim'; id: string; level: MatchLevel; reasons: string[]; decision?: 'same' | 'distinct';
  facts: MatchFacts; jurisdiction: Named; stage?: Stage; projectCode?: string; sequence?: number; claimStatus?: ClaimStatus;
}
export interface Candidates { report: MatchFacts; items: Candidate[] }

export type MoveStatus = 'pending' | 'verified' | 'returned' | 'withdrawn';
export interface Evidence {
  agreementKind?: 'formal' | 'framework'; agreementNo?: string; parties?: string; agreedAmount?: Money;
  uscc?: string; registeredOn?: string; filingCode?: string; filedOn?: string;
  permitNo?: string; permittedOn?: string; equipmentContractNo?: string; installedOn?: string; photoOn?: string;
  acceptedOn?: string; firstInvoiceOn?: string; files?: string[];
}
export interface MoveInput { to: Stage; occurredOn: string; evidence: Evidence; reasonCode?: ReasonCode; note?: string }
export interface Move {
  id: string; projectId: string; projectName: string; projectCode: string; kind: 'forward' | 'back' | 'termination' | 'reactivation';
  from: Stage; to: Stage; occurredOn: string; evidence: Evidence; reasonCode?: ReasonCode; note?: string; status: MoveStatus;
  flags: string[]; submittedBy: Named; submittedAt: string; jurisdiction: Named; decidedBy?: Named; decidedAt?: string;
  returnReason?: string; allowedActions: string[]; version: number;
}

export interface TimelineEntry {
  id: string; at: string; occurredOn?: string; kind: string; actor: { id: string; name: string; jurisdiction?: string | Named } | null;
  note?: string; before?: Record<string, unknown>; after?: Record<string, unknown>; files?: FileRef[];
}

export interface FourList {
  stage: ListStage; asOf: string; items: Project[]; nextCursor: string | null; count: number; totals: Totals;
}
export interface SummaryRow { key: string; label: string; count: number; totals: Totals }
export interface Summary {
  by: string; asOf: string; rows: SummaryRow[]; total: { count: number; totals: Totals }; cityInTalks?: { asOf: string; count: number };
}

export type ImportStatus = 'queued' | 'running' | 'completed' | 'failed';
export interface Import {
  id: string; fileName: string; status: ImportStatus; mode: 'rowwise' | 'atomic'; dryRun: boolean;
  rowsTotal: number; rowsDone: number; rowsAccepted: number; rowsRejected: number; rowsDoubtful: number;
  columns: { header: string; field: string | null }[];
  issueCounts: { code: string; severity: 'doubt' | 'refusal'; count: number }[];
  duplicates: number; error?: string; createdBy: Named; createdAt: string; finishedAt?: string; version?: number;
}
export interface ImportIssue { column?: string; field?: string; code: string; severity: 'doubt' | 'refusal'; message: string; original?: string }
export interface ImportRow {
  rowNumber: number; outcome: 'accepted' | 'rejected'; doubtful: boolean; action: 'create' | 'update-proposed' | 'none';
  projectId?: string; claimId?: string; original: Record<string, string>; parsed: Record<string, unknown>; issues: ImportIssue[];
  matches: { level: MatchLevel; reasons: string[]; rowNumber?: number; projectId?: string; projectName?: string; projectCode?: string }[];
}
export interface ImportField { field: string; zh: string; en: string; required: boolean; aliases: string[] }

export interface RuleSetInput {
  name: string; effectiveFrom: string; reportThresholds: Money[]; exclusivity: string; extensionsMax: number; extension: string;
  contactMaxAge: string; verification: Stage[]; noticePeriod: string; noticeEnforcement: 'flag' | 'block';
  creditMode: 'both-full' | 'split'; creditStage: Stage; maxTransfers: number; transferAcceptance: string;
  coordination?: Money[]; leaderLink?: Record<string, unknown>; lights?: Record<string, unknown>;
  rates: { year: number; currency: string; cny: number }[];
}
export interface RuleSet extends RuleSetInput { id: string; effectiveTo: string | null; version?: number }

export interface IndustryClass { code: string; nameZh: string; nameEn?: string; manufacturing: boolean }
export interface ChainCheck { valid: boolean; checked: number; firstBroken?: number | string }

export interface Problem {
  type: string; title: string; status: number; detail?: string; instance?: string; traceId?: string;
  errors?: Record<string, { code: string; message: string }[]>;
}

type Op<Params, Body, Answer> = {
  parameters: Params & { header?: Record<string, string | undefined> };
  responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': Answer } } };
} & (Body extends undefined ? { requestBody?: never } : { requestBody: Body });
type Json<T> = { content: { 'application/json': T } };
type Form = { content: { 'multipart/form-data': FormData } };
type Get<Answer, Params = object> = Op<Params, undefined, Answer>;
type Post<Body, Answer, Params = object> = Op<Params, Json<Body>, Answer>;
type ById = { path: { id: string } };
type Paged = { limit?: number; cursor?: string };
type Reason = { reason: string };

export interface ProjectQuery extends Paged {
  stage?: Stage; jurisdictionId?: string; industry?: string; chain?: string; currency?: string;
  minAmount?: string; maxAmount?: string; q?: string; light?: Light; sort?: string;
}

/** The operations the pages use, keyed as an OpenAPI document keys them. */
export interface paths {
  '/api/v1/auth/token': { post: Post<{ username: string; password: string }, { accessToken: string; expiresIn: number; user: User }> };
  '/api/v1/auth/refresh': { post: Op<object, undefined, { accessToken: string; expiresIn: number; user: User }> };
  '/api/v1/auth/logout': { post: Op<object, undefined, undefined> };
  '/api/v1/demo': { get: Get<Demo> };
  '/api/v1/me': { get: Get<Me> };
  '/api/v1/jurisdictions': { get: Get<Page<Jurisdiction>, { query?: Paged }>; post: Post<Omit<Jurisdiction, 'id' | 'version'>, Jurisdiction> };
  '/api/v1/jurisdictions/{id}': { get: Get<Jurisdiction, ById>; patch: Post<Partial<Jurisdiction>, Jurisdiction, ById> };
  '/api/v1/industry-classes': { get: Get<{ items: IndustryClass[] }, { query?: { q?: string } }> };
  '/api/v1/projects': { get: Get<Page<Project>, { query?: ProjectQuery }>; post: Post<ProjectInput, Project> };
  '/api/v1/projects/{id}': { get: Get<Project, ById>; patch: Post<Record<string, unknown>, Project, ById> };
  '/api/v1/projects/{id}/timeline': { get: Get<Page<TimelineEntry>, ById & { query?: Paged & { kind?: string } }> };
  '/api/v1/projects/{id}/progress': { post: Post<{ occurredOn: string; kind: ContactKind; note: string; files?: string[] }, TimelineEntry, ById> };
  '/api/v1/projects/{id}/moves': { post: Post<MoveInput, Move, ById> };
  '/api/v1/projects/{id}/files': { get: Get<Page<StoredFile>, ById & { query?: Paged }>; post: Op<ById, Form, StoredFile> };
  '/api/v1/files': { post: Op<object, Form, StoredFile> };
  '/api/v1/files/{id}': { get: Get<Blob, ById> };
  '/api/v1/moves': { get: Get<Page<Move>, { query?: Paged & { status?: MoveStatus; projectId?: string } }> };
  '/api/v1/moves/{id}/verify': { post: Op<ById, undefined, Move> };
  '/api/v1/moves/{id}/return': { post: Post<Reason, Move, ById> };
  '/api/v1/moves/{id}/withdraw': { post: Op<ById, undefined, Move> };
  '/api/v1/claims': {
    get: Get<Page<Claim>, { query?: Paged & { status?: ClaimStatus; jurisdictionId?: string; expiresBefore?: string; sort?: string } }>;
    post: Post<{ project?: ProjectInput; projectId?: string; contacts: ReportContact[] }, Claim>;
  };
  '/api/v1/claims/{id}': { get: Get<Claim, ById> };
  '/api/v1/claims/{id}/receipt': { get: Get<Receipt, ById> };
  '/api/v1/claims/{id}/candidates': { get: Get<Candidates, ById> };
  '/api/v1/claims/{id}/release': { post: Post<Reason, Claim, ById> };
  '/api/v1/claims/{id}/withdraw': { post: Post<Reason, Claim, ById> };
  '/api/v1/claims/{id}/revoke': { post: Post<Reason, Claim, ById> };
  '/api/v1/claims/{id}/extend': { post: Post<Reason, Claim, ById> };
  '/api/v1/claims/{id}/resolve': { post: Post<Reason & { decision: 'same' | 'distinct'; projectId?: string }, Claim, ById> };
  '/api/v1/lists/{stage}': {
    get: Get<FourList, { path: { stage: ListStage }; query?: Paged & { month?: string; jurisdictionId?: string; sort?: string } }>;
  };
  '/api/v1/summary': { get: Get<Summary, { query: { by: 'stage' | 'jurisdiction' | 'industry' | 'month'; asOf?: string } }> };
  '/api/v1/imports': { get: Get<Page<Import>, { query?: Paged }>; post: Op<object, Form, Import> };
  '/api/v1/imports/fields': { get: Get<{ items: ImportField[] }> };
  '/api/v1/imports/{id}': { get: Get<Import, ById> };
  '/api/v1/imports/{id}/rows': {
    get: Get<Page<ImportRow>, ById & { query?: Paged & { outcome?: 'accepted' | 'doubtful' | 'rejected'; code?: string } }>;
  };
  '/api/v1/imports/{id}/corrections.xlsx': { get: Get<Blob, ById> };
  '/api/v1/rule-sets': { get: Get<Page<RuleSet>>; post: Post<RuleSetInput, RuleSet> };
  '/api/v1/receipts/verify': { get: Get<ChainCheck> };
}
