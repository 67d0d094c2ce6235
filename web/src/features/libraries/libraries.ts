/** The libraries, as their addresses call them. */
export const LIBRARIES = [
  'institutions',
  'funds',
  'experts',
  'intermediaries',
  'target-enterprises',
  'tech-enterprises',
  'foreign-enterprises',
] as const;

export type Library = (typeof LIBRARIES)[number];

const KINDS = [
  'venture-capital',
  'private-equity',
  'bank',
  'securities',
  'insurance',
  'guarantee',
  'leasing',
  'other',
] as const;
const STAGES = ['seed', 'angel', 'venture', 'growth', 'pre-listing', 'mergers-acquisitions'] as const;
const STATES = ['identified', 'contacted', 'in-talks', 'landed', 'dropped'] as const;
const RECOGNISED = ['high-tech', 'tech-sme', 'specialised', 'little-giant', 'gazelle', 'unicorn', 'other'] as const;

export type Choice =
  (typeof KINDS)[number] | (typeof STAGES)[number] | (typeof STATES)[number] | (typeof RECOGNISED)[number];

/** What one library alone knows of its entries: the member, and how it is typed and told. */
export type Detail =
  | {
      name:
        | 'size'
        | 'cityShare'
        | 'cityPaidIn'
        | 'managed'
        | 'totalInvestment'
        | 'contracted'
        | 'paidIn'
        | 'undistributedProfit';
      shape: 'money';
    }
  | { name: 'registeredOn' | 'recognisedOn' | 'listedOn'; shape: 'day' }
  | { name: 'multiple'; shape: 'number' }
  | { name: 'country'; shape: 'country' }
  | { name: 'kind' | 'state'; shape: 'choice'; choices: readonly Choice[] }
  | { name: 'stages'; shape: 'choices'; choices: readonly Choice[] }
  | {
      name:
        | 'evidence'
        | 'manager'
        | 'employer'
        | 'title'
        | 'field'
        | 'services'
        | 'products'
        | 'park'
        | 'incubator'
        | 'event'
        | 'market';
      shape: 'text';
      max: number;
    };

const evidence = { name: 'evidence', shape: 'text', max: 200 } as const;
const registeredOn = { name: 'registeredOn', shape: 'day' } as const;
const country = { name: 'country', shape: 'country' } as const;
const stages = { name: 'stages', shape: 'choices', choices: STAGES } as const;

export const DETAILS: Record<Library, readonly Detail[]> = {
  institutions: [
    { name: 'kind', shape: 'choice', choices: KINDS },
    stages,
    { name: 'managed', shape: 'money' },
    registeredOn,
    evidence,
  ],
  funds: [
    { name: 'size', shape: 'money' },
    { name: 'manager', shape: 'text', max: 200 },
    { name: 'cityShare', shape: 'money' },
    { name: 'cityPaidIn', shape: 'money' },
    { name: 'multiple', shape: 'number' },
    stages,
    registeredOn,
    evidence,
  ],
  experts: [
    { name: 'employer', shape: 'text', max: 200 },
    { name: 'title', shape: 'text', max: 100 },
    { name: 'field', shape: 'text', max: 200 },
  ],
  intermediaries: [{ name: 'services', shape: 'text', max: 200 }, country],
  'target-enterprises': [
    { name: 'state', shape: 'choice', choices: STATES },
    { name: 'products', shape: 'text', max: 200 },
    country,
  ],
  'tech-enterprises': [
    { name: 'kind', shape: 'choice', choices: RECOGNISED },
    { name: 'recognisedOn', shape: 'day' },
    evidence,
    { name: 'park', shape: 'text', max: 100 },
    { name: 'incubator', shape: 'text', max: 100 },
    { name: 'event', shape: 'text', max: 200 },
    { name: 'listedOn', shape: 'day' },
    { name: 'market', shape: 'text', max: 100 },
  ],
  'foreign-enterprises': [
    country,
    registeredOn,
    { name: 'totalInvestment', shape: 'money' },
    { name: 'contracted', shape: 'money' },
    { name: 'paidIn', shape: 'money' },
    { name: 'undistributedProfit', shape: 'money' },
  ],
};

/** How many columns of a table a library's own facts take: the first ones. */
export const OWN_COLUMNS = 2;
