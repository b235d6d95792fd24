-- The ledgers of many companies (edge/ledger). Money in öre, times in ms since 1970, voucher dates as YYYYMMDD integers.

-- One fiscal year of one integration: which generation is its ledger now, and what is known of it.
CREATE TABLE books (
  id INTEGER PRIMARY KEY,
  integration TEXT NOT NULL,
  year TEXT NOT NULL,
  generation INTEGER,
  -- counts every change of the ledger: a read-in applies only to the revision that it was compared with
  ledger_revision INTEGER NOT NULL DEFAULT 0,
  -- counts every change of ledger or documents
  revision INTEGER NOT NULL DEFAULT 0,
  source TEXT,
  file TEXT,
  vouchers INTEGER NOT NULL DEFAULT 0,
  rows INTEGER NOT NULL DEFAULT 0,
  findings TEXT NOT NULL DEFAULT '[]',
  ledger_at INTEGER,
  documents INTEGER NOT NULL DEFAULT 0,
  documented INTEGER NOT NULL DEFAULT 0,
  documents_at INTEGER,
  fortnox_year INTEGER,
  UNIQUE (integration, year)
);

-- A set of vouchers and records under one number. It is a year's ledger when books.generation says so.
CREATE TABLE generation (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  integration TEXT NOT NULL,
  year TEXT NOT NULL,
  base INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('building', 'held', 'swept')),
  facts TEXT,
  created_at INTEGER NOT NULL,
  retired_at INTEGER
);

-- One voucher with its rows packed beside it (shared/ledger/packed.ts). No further index: each would cost a second row
-- written per voucher.
CREATE TABLE voucher (
  generation INTEGER NOT NULL,
  series TEXT NOT NULL,
  -- the number's value where it is digits, else -1: orders 9 before 10
  rank INTEGER NOT NULL,
  number TEXT NOT NULL,
  occurrence INTEGER NOT NULL,
  hash INTEGER NOT NULL,
  -- rises in the file's order, with gaps
  place INTEGER NOT NULL,
  date INTEGER NOT NULL,
  -- sum of the debit TRANS rows
  amount INTEGER NOT NULL,
  row_count INTEGER NOT NULL,
  text TEXT,
  head TEXT,
  rows TEXT NOT NULL,
  PRIMARY KEY (generation, series, rank, number, occurrence)
) WITHOUT ROWID;

-- What a ledger holds beside its vouchers, packed in pieces below 1 MB: 'records' in file order, 'accounts' with names,
-- opening balances and monthly sums.
CREATE TABLE part (
  generation INTEGER NOT NULL,
  kind TEXT NOT NULL,
  n INTEGER NOT NULL,
  hash INTEGER NOT NULL,
  data TEXT NOT NULL,
  PRIMARY KEY (generation, kind, n)
) WITHOUT ROWID;

-- The documents' index: only vouchers that have documents. data is {fortnox, documents}.
CREATE TABLE documented_voucher (
  books INTEGER NOT NULL,
  series TEXT NOT NULL,
  rank INTEGER NOT NULL,
  number TEXT NOT NULL,
  hash INTEGER NOT NULL,
  documents INTEGER NOT NULL,
  date INTEGER,
  data TEXT NOT NULL,
  PRIMARY KEY (books, series, rank, number)
) WITHOUT ROWID;

-- Which voucher a document id belongs to.
CREATE TABLE document (
  books INTEGER NOT NULL,
  id TEXT NOT NULL,
  series TEXT NOT NULL,
  rank INTEGER NOT NULL,
  number TEXT NOT NULL,
  PRIMARY KEY (books, id, series, rank, number)
) WITHOUT ROWID;

-- The runs' own records: one sync of one fiscal year each.
CREATE TABLE run (
  id TEXT PRIMARY KEY,
  integration TEXT NOT NULL,
  year TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('running', 'done', 'failed')),
  ledger TEXT NOT NULL CHECK (ledger IN ('fetch', 'keep')),
  started_by TEXT NOT NULL,
  phase TEXT NOT NULL,
  done INTEGER NOT NULL,
  total INTEGER,
  started_at INTEGER NOT NULL,
  heartbeat_at INTEGER NOT NULL,
  ended_at INTEGER,
  error TEXT,
  changed TEXT
) WITHOUT ROWID;
CREATE INDEX run_of_year ON run (integration, year, started_at);
