-- What the daily proof that the books balance found (regime §15.2): an empty list where it holds.
CREATE TABLE books_proofs (
  proved_on date NOT NULL,
  proved_at datetime2(3) NOT NULL,
  differences nvarchar(max) NOT NULL,
  CONSTRAINT pk_books_proofs PRIMARY KEY (proved_on)
);
GO
