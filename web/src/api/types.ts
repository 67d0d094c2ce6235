/** Names for what the API takes and answers; the shapes themselves are generated from openapi.yaml. */
import type { components, paths as described } from './schema';

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
export type Me = Omit<Schemas['MeResponse'], 'jurisdiction'> & { jurisdiction: Schemas['JurisdictionRef'] | null };
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
export type IndustryClass = Schemas['IndustryClass'];
export type Problem = Pick<Schemas['Problem'], 'type' | 'title' | 'status' | 'errors'> & Partial<Schemas['Problem']>;

export type ProjectQuery = NonNullable<described['/api/v1/projects']['get']['parameters']['query']>;
export type ListQuery = NonNullable<described['/api/v1/lists/{stage}']['get']['parameters']['query']>;

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

interface Page<T> { items: T[]; nextCursor: string | null }
interface Read<Answer, Params> {
  parameters: Params;
  requestBody?: never;
  responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': Answer } } };
}
type ById = { path: { id: string } };
type Paged = { limit?: number; cursor?: string };

interface ImportPaths {
  '/api/v1/imports': {
    get: Read<Page<Import>, { query?: Paged }>;
    post: {
      parameters: { header?: { 'Idempotency-Key'?: string } };
      requestBody: { content: { 'multipart/form-data': string } };
      responses: { 202: { headers: Record<string, unknown>; content: { 'application/json': Import } } };
    };
  };
  '/api/v1/imports/fields': { get: Read<{ items: ImportField[] }, object> };
  '/api/v1/imports/{id}': { get: Read<Import, ById> };
  '/api/v1/imports/{id}/rows': { get: Read<Page<ImportRow>, ById & { query?: Paged & { outcome?: 'accepted' | 'doubtful' | 'rejected'; code?: string } }> };
}

export type paths = described & ImportPaths;
