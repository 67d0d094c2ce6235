using Pipeline.Api.Http.Access;
using Pipeline.Data;
using Pipeline.Domain.Imports;

namespace Pipeline.Api.Features.Imports;

/// <summary>Runs an import to its end, or takes up one that a stopped process left (R50–R54).</summary>
public sealed class RunImport(
    Database database,
    ImportTurns turns,
    LookUpRows library,
    TakeRow takeRow,
    BackfillRow backfill,
    Industries industries,
    ILogger<RunImport> log
)
{
    /// <summary>How many imports a process runs at once; of one unit one.</summary>
    public const int AtOnce = 2;

    /// <summary>How many rows share a transaction at most; how many do, their pace tells (<see cref="WritePace"/>). All or nothing is one transaction, and so may have no more rows.</summary>
    public const int Chunk = 50;

    /// <summary>How many of the centre's: looked up and stored together, they take no more time than fifty one by one.</summary>
    public const int BackfillChunk = 600;

    /// <summary>How often an import may be begun without a row being taken: what brings the process down would bring it down for ever.</summary>
    public const int MostAttempts = 3;

    private static readonly TimeSpan MostReading = TimeSpan.FromMinutes(3),
        Slice = TimeSpan.FromSeconds(20);

    /// <summary>Another process has the import now, or somebody cancelled it.</summary>
    private sealed class LeaseLostException : Exception;

    /// <summary>Runs one import that waits, or whose process died; false when there is none.</summary>
    public async Task<bool> Next(CancellationToken cancel = default)
    {
        if (await turns.Next() is not { } id)
            return false;
        await Run(id, cancel);
        return true;
    }

    /// <summary>Runs an import unless another process has it.</summary>
    public async Task Run(string id, CancellationToken cancel = default)
    {
        if (await turns.Take(id) is not { } turn)
            return;
        using var going = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var kept = turns.Keep(turn, going);
        try
        {
            if (turn.Attempts > MostAttempts)
                throw new UnreadableSheetException("import-given-up", MostAttempts);
            await Go(turn, going.Token);
        }
        catch (Exception error)
            when (error is LeaseLostException
                || (error is OperationCanceledException && !cancel.IsCancellationRequested)
            )
        {
            log.LogWarning("Import {Import} was cancelled, or went on in another process", id);
        }
        catch (Exception error)
            when (error
                    is DatabaseUnavailableException
                        or ClockUnreliableException
                        or LockTimeoutException
                        or OperationCanceledException
            )
        {
            // Who stops, or cannot go on, lets go at once: the next one need not wait for the lease to run out.
            await turns.LetGo(turn);
            throw;
        }
        catch (UnreadableSheetException error)
        {
            await Fail(turn, error.Code, error.Args, error.Columns);
        }
        catch (Exception error)
        {
            log.LogError(error, "Import {Import} failed", id);
            await Fail(turn, "import-failed");
        }
        finally
        {
            await going.CancelAsync();
            await kept;
        }
    }

    private async Task Go(ImportTurn turn, CancellationToken cancel)
    {
        var id = turn.Id;
        var (import, corrections, today, caller, units, done) = await database.Read(
            async session =>
                (
                    (await session.One<ImportRow>($"{ImportRow.Select} WHERE i.id = @id", new { id }))!,
                    await StoredCorrection.Applied(session, id),
                    session.Today,
                    await Callers.ById(
                        session,
                        (await session.One<string>("SELECT created_by FROM imports WHERE id = @id", new { id }))!
                    ),
                    await JurisdictionRow.All(session),
                    await session.Query<DoneRow>(Done, new { id })
                ),
            cancel
        );
        if (caller is null || !Permissions.Allows(caller, Act.Import))
        {
            await Fail(turn, "importer-gone");
            return;
        }

        var mapping = Json.Read<Dictionary<string, string>>(import.FieldMap);
        // Neither the file nor what was read of it is kept longer than it is needed: a register may be large.
        var register = RegisterLayout.Of(
            Read(
                await database.Read(session => StoredContent.ReadRegister(session, import.ContentOf ?? id), cancel),
                cancel
            ),
            mapping,
            corrections
        );
        var chunk = caller.Role == Role.Coordinator ? BackfillChunk : Chunk;
        if (import.ImportMode == Slug.Of(ImportMode.Atomic) && register.Rows.Count > chunk)
            throw new UnreadableSheetException("too-many-rows", chunk);

        var reading = new ReadingContext(
            register.Columns,
            ImportRun.Places(units),
            industries.Directory,
            KnownInvestors(register),
            today
        );
        var job = new ImportJob(
            import,
            turn,
            caller,
            units.ToDictionary(unit => unit.Id, StringComparer.Ordinal),
            ColumnView.Of(register),
            [.. register.Notes.Select(note => new KeptNote(note.Code, [.. note.Args.Select(KeepRows.Shown)]))],
            new Queue<TableRow>(register.Rows),
            reading
        );
        await database.Write(session => Renew(session, job, new ImportTally(), force: true));

        if (import.ImportMode == Slug.Of(ImportMode.Atomic) && !import.DryRun)
            await Atomic(job, cancel);
        else
            await Rowwise(job, done, cancel);
    }

    /// <summary>Reads the file, for so long and no longer.</summary>
    private static IReadOnlyList<RegisterSheet> Read(byte[] content, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(MostReading);
        try
        {
            return SheetReader.Read(content, patience.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new UnreadableSheetException("sheet-too-slow", (int)MostReading.TotalMinutes);
        }
    }

    /// <summary>Rows go in by the chunk: the rows, what came of them, and the count move together, so that a restart neither loses nor repeats one.</summary>
    private async Task Rowwise(ImportJob job, IReadOnlyList<DoneRow> done, CancellationToken cancel)
    {
        var (tally, began) = (new ImportTally(), TimeProvider.System.GetTimestamp());
        var pace = new WritePace(job.Run.IsBackfill ? BackfillChunk : Chunk);
        var before = done.ToDictionary(row => row.RowNumber);
        var chunk = new List<RegisterRow>();
        while (job.Rows.TryDequeue(out var row))
        {
            cancel.ThrowIfCancellationRequested();
            var understood = job.Understand(row);
            if (before.TryGetValue(row.Number, out var kept))
            {
                job.Remember(
                    understood,
                    new TakenRow
                    {
                        Outcome = Slug.To<RowOutcome>(kept.Outcome),
                        ProjectId = kept.ProjectId,
                        ClaimId = kept.ClaimId,
                    }
                );
                tally.Add(
                    kept.Outcome == "accepted",
                    kept.Doubtful,
                    kept.Duplicate,
                    kept.Codes.Split('|', StringSplitOptions.RemoveEmptyEntries)
                );
                continue;
            }

            chunk.Add(understood);
            if (chunk.Count >= pace.Size)
            {
                tally = await TakeChunk(job, chunk, tally, pace);
                chunk.Clear();
                if (TimeProvider.System.GetElapsedTime(began) > Slice && await turns.OthersWait(job.Turn))
                {
                    await turns.LetGo(job.Turn);
                    return;
                }
            }
        }

        await TakeChunk(job, chunk, tally);
        await database.Write(session =>
            session.Execute(
                Finish,
                new
                {
                    id = job.Import.Id,
                    lease = job.Turn.Lease,
                    now = session.Now,
                }
            )
        );
    }

    private async Task<ImportTally> TakeChunk(
        ImportJob job,
        IReadOnlyList<RegisterRow> rows,
        ImportTally tally,
        WritePace? pace = null
    )
    {
        if (rows.Count == 0)
            return tally;
        var from = job.Remembered;
        try
        {
            // A dry run is judged while others write, and only what is kept of it is written; its pace is how often its progress is told.
            var began = TimeProvider.System.GetTimestamp();
            var judged = job.Run.DryRun ? await database.Read(TakeAnew) : null;
            var othersWaited = false;
            var taken = await database.Write(
                async session =>
                {
                    // From when on others wait for it: not while it waits itself.
                    if (judged is null)
                        began = TimeProvider.System.GetTimestamp();
                    var stored = await Store(
                        session,
                        job,
                        rows,
                        _ => judged is null ? TakeAnew(session) : Task.FromResult(judged),
                        tally
                    );
                    othersWaited = database.OthersWait;
                    return stored;
                },
                alone: true
            );
            pace?.Took(rows.Count, TimeProvider.System.GetElapsedTime(began), othersWaited || judged is not null);
            return taken;
        }
        catch (Exception error)
            when (error
                    is not (
                        DatabaseUnavailableException
                        or ClockUnreliableException
                        or LockTimeoutException
                        or LeaseLostException
                        or OperationCanceledException
                    )
            )
        {
            // One row that nobody foresaw must not keep the others out.
            job.RewindTo(from);
            if (rows.Count > 1)
            {
                foreach (var row in rows)
                    tally = await TakeChunk(job, [row], tally);
                return tally;
            }

            log.LogError(error, "Row {Row} of import {Import} failed", rows[0].Row.RowNumber, job.Import.Id);
            var failed = new TakenRow
            {
                Outcome = RowOutcome.Rejected,
                Issues =
                [
                    .. rows[0].Row.Issues,
                    new RowIssue(null, null, ImportCodes.RowFailed, Severity.Refusal, "", []),
                ],
            };
            return await database.Write(session =>
                Store(session, job, rows, _ => Task.FromResult<IReadOnlyList<TakenRow>>([failed]), tally)
            );
        }

        // What is tried again forgets what the first try remembered.
        Task<IReadOnlyList<TakenRow>> TakeAnew(Session session)
        {
            job.RewindTo(from);
            return Take(session, job)(rows);
        }
    }

    /// <summary>All rows in one transaction; a single refusal undoes it, and every row says so. They are judged before as in a dry run, so that a register with a mistake keeps nobody from writing.</summary>
    private async Task Atomic(ImportJob job, CancellationToken cancel)
    {
        var rows = job.Rows.Select(job.Understand).ToList();
        var judged = await database.Read(session => Take(session, job.ToJudge())(rows), cancel);
        cancel.ThrowIfCancellationRequested();
        var results = judged.All(row => row.Outcome == RowOutcome.Accepted) ? await TakeAll(job, rows) : judged;
        if (!results.All(row => row.Outcome == RowOutcome.Accepted))
            await database.Write(
                session => StoreAll(session, job, rows, _ => Task.FromResult(Undone(results))),
                alone: true
            );
    }

    private Task<IReadOnlyList<TakenRow>> TakeAll(ImportJob job, IReadOnlyList<RegisterRow> rows) =>
        database.Write(
            async session =>
            {
                job.RewindTo(0);
                IReadOnlyList<TakenRow> taken = [];
                await StoreAll(session, job, rows, async all => taken = await Take(session, job)(all));
                return taken;
            },
            taken => taken.All(row => row.Outcome == RowOutcome.Accepted),
            alone: true
        );

    private static async Task StoreAll(
        Session session,
        ImportJob job,
        IReadOnlyList<RegisterRow> rows,
        Func<IReadOnlyList<RegisterRow>, Task<IReadOnlyList<TakenRow>>> take
    )
    {
        await Store(session, job, rows, take, new ImportTally());
        await session.Execute(
            Finish,
            new
            {
                id = job.Import.Id,
                lease = job.Turn.Lease,
                now = session.Now,
            }
        );
    }

    /// <summary>What came of rows of which none was kept, because one was refused.</summary>
    private static IReadOnlyList<TakenRow> Undone(IReadOnlyList<TakenRow> results) =>
        [
            .. results.Select(taken =>
                taken.Outcome == RowOutcome.Rejected
                    ? taken
                    : new TakenRow
                    {
                        Outcome = RowOutcome.Rejected,
                        Issues =
                        [
                            .. taken.Issues,
                            new RowIssue(null, null, ImportCodes.AtomicRollback, Severity.Refusal, "", []),
                        ],
                        MatchedOthers = taken.MatchedOthers,
                        Matches =
                        [
                            .. taken.Matches.Select(match =>
                                match with
                                {
                                    ProjectId = match.RowNumber is null ? match.ProjectId : null,
                                }
                            ),
                        ],
                    }
            ),
        ];

    /// <summary>Takes rows one after the other; what the centre's create is looked up before and stored after them.</summary>
    private Func<IReadOnlyList<RegisterRow>, Task<IReadOnlyList<TakenRow>>> Take(Session session, ImportJob job) =>
        async rows =>
        {
            var all = new List<TakenRow>();
            job.Run.WaitingReports = null;
            if (job.Run.IsBackfill)
                await library.LookUp(session, job.Run, rows);
            foreach (var row in rows)
            {
                var taken = await takeRow.Take(session, job.Run, row);
                job.Remember(row, taken);
                all.Add(taken);
            }

            await backfill.Settle(session, job.Run);
            return all;
        };

    /// <summary>Takes rows and keeps what became of each, the count and the lease with them.</summary>
    private static async Task<ImportTally> Store(
        Session session,
        ImportJob job,
        IReadOnlyList<RegisterRow> rows,
        Func<IReadOnlyList<RegisterRow>, Task<IReadOnlyList<TakenRow>>> take,
        ImportTally before
    )
    {
        var tally = before.Copy();
        var all = await take(rows);
        await KeepRows.Store(session, job, rows, all, tally);
        return await Renew(session, job, tally);
    }

    /// <summary>Moves the count and keeps the lease; who lost it must not go on.</summary>
    private static async Task<ImportTally> Renew(Session session, ImportJob job, ImportTally tally, bool force = false)
    {
        var changed = await session.Execute(
            force ? Begin : Progress,
            new
            {
                id = job.Import.Id,
                lease = job.Turn.Lease,
                until = session.Now + ImportTurns.Lease,
                total = job.Total,
                done = tally.Done,
                accepted = tally.Accepted,
                rejected = tally.Done - tally.Accepted,
                doubtful = tally.Doubtful,
                heldBack = tally.HeldBack,
                duplicates = tally.Duplicates,
                headers = Json.Write(job.Columns),
                notes = Json.Write(job.Notes),
                issueCounts = Json.Write(tally.Issues),
            }
        );
        return changed == 1 ? tally : throw new LeaseLostException();
    }

    private Task Fail(
        ImportTurn turn,
        string code,
        IReadOnlyList<object>? args = null,
        IReadOnlyList<ColumnView>? columns = null
    ) =>
        database.Write(session =>
            session.Execute(
                Failed,
                new
                {
                    id = turn.Id,
                    lease = turn.Lease,
                    code,
                    args = Json.Write(
                        (args ?? []).Select(arg =>
                            Convert.ToString(arg, System.Globalization.CultureInfo.InvariantCulture)
                        )
                    ),
                    headers = Json.Write(columns ?? []),
                    now = session.Now,
                }
            )
        );

    private static HashSet<string> KnownInvestors(RegisterTables register) =>
        [
            .. register
                .Rows.Where(row => row.Refusal is null)
                .SelectMany(row =>
                    row.Table.Columns.AllOf(ImportFields.Investor)
                        .Where(at => at < row.Cells.Count)
                        .SelectMany(at => Investors.CertainNames(row.Cells[at].Text))
                ),
        ];

    private sealed class DoneRow
    {
        public int RowNumber { get; init; }
        public required string Outcome { get; init; }
        public bool Doubtful { get; init; }
        public required string ActionTaken { get; init; }
        public string? ProjectId { get; init; }
        public string? ClaimId { get; init; }
        public required string Codes { get; init; }

        public bool Duplicate => Outcome == "accepted" && ActionTaken != "create";
    }

    private const string Begin =
        "UPDATE imports SET rows_total = @total, headers = @headers, notes = @notes, leased_until = @until, version = version + 1 WHERE id = @id AND lease = @lease AND status = 'running'";

    private const string Progress = """
        UPDATE imports SET rows_done = @done, rows_accepted = @accepted, rows_rejected = @rejected, rows_doubtful = @doubtful, rows_held_back = @heldBack, duplicates = @duplicates, issue_counts = @issueCounts,
          attempts = 0, leased_until = @until, version = version + 1
        WHERE id = @id AND lease = @lease AND status = 'running'
        """;

    private const string Finish =
        "UPDATE imports SET status = 'completed', finished_at = @now, lease = NULL, leased_until = NULL, version = version + 1 WHERE id = @id AND lease = @lease";
    private const string Failed =
        "UPDATE imports SET status = 'failed', failure = @code, failure_args = @args, headers = CASE WHEN rows_done = 0 THEN @headers ELSE headers END, finished_at = @now, lease = NULL, leased_until = NULL, version = version + 1 WHERE id = @id AND lease = @lease";
    private const string Done =
        "SELECT row_number, outcome, doubtful, action_taken, project_id, claim_id, codes FROM import_rows WHERE import_id = @id ORDER BY row_number";
}
