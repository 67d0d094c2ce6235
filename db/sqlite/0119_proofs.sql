-- What the daily proof that the books balance found (regime §15.2): an empty list where it holds.
CREATE TABLE books_proofs (
  proved_on TEXT NOT NULL,
  proved_at TEXT NOT NULL,
  differences TEXT NOT NULL,
  CONSTRAINT pk_books_proofs PRIMARY KEY (proved_on)
);
