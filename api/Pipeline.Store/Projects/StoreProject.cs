using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Claims;
using Pipeline.Domain.Matching;
using Pipeline.Domain.Projects;
using Pipeline.Domain.Rules;

namespace Pipeline.Store.Projects;

/// <summary>A project that is new to the library.</summary>
public sealed record NewProject
{
    public string Id { get; } = Ids.New();
    public required ProjectBody Body { get; init; }
    public required string OwnerId { get; init; }
    public string? FirstTalkId { get; init; }
    public Stage Stage { get; init; } = Stage.InTalks;
    public StageDates? Dates { get; init; }
    public DateOnly? TerminatedOn { get; init; }
    public string? ImportId { get; init; }

    /// <summary>The claim it is added for, which is active.</summary>
    public string? ClaimId { get; init; }
    public IReadOnlyList<string> Flags { get; init; } = [];

    /// <summary>What it matched, kept for the centre's eyes (R10a).</summary>
    public IReadOnlyList<Found> Found { get; init; } = [];

    /// <summary>The days of its stages; where none are given, it has been in talks since the day it is added.</summary>
    public StageDates DatesOn(DateOnly today) => Dates ?? new StageDates(today, null, null, null, null);

    /// <summary>The day its stage was reached, or that on which it is added.</summary>
    public DateOnly ReachedOn(DateOnly today) => DatesOn(today).Of(Stage) ?? today;

    /// <summary>Whether any of that is another unit's.</summary>
    public bool UnderReview => Found.Any(item => item.OwnerId != OwnerId);
}

/// <summary>Writes projects with everything they are found by: investors, n-grams, spans of stages.</summary>
public sealed class StoreProject(Industries industries, ProjectCodes codes)
{
    /// <summary>Adds projects to the library.</summary>
    /// <param name="drawn">How many codes were drawn this year, where that was read already under the lock of the intake.</param>
    public async Task Insert(Session session, RuleSet rules, IReadOnlyList<NewProject> projects, long? drawn = null)
    {
        if (projects.Count == 0)
            return;
        await session.Lock(LockName.Intake);
        foreach (var project in projects)
        {
            await StageTotals.Changing(session, project.Id, isNew: true);
            await AmountWithoutRate.Tell(session, rules, project.Body.TotalInvestment);
        }

        var (stored, investors) =
            projects.Count == 1
                ? await InsertOne(session, rules, projects[0], drawn)
                : await InsertMany(session, rules, projects, drawn);
        var spelt = new HashSet<(string InvestorId, string Name)>();
        foreach (var (project, (code, seq)) in projects.Zip(stored))
        {
            session.Add(
                SpanTable,
                Spans(project, session.Today)
                    .Select(span => new object?[] { project.Id, Slug.Of(span.Stage), span.EnteredOn, span.LeftOn })
            );
            LibraryFlows.Enter(session, project.Id, project.OwnerId, project.Stage, rules);
            session.Add(
                MatchTable,
                project.Found.Select(item =>
                    new object?[]
                    {
                        project.Id,
                        item.ClaimId is null ? "project" : "claim",
                        item.ClaimId ?? item.Project!.Id,
                        Slug.Of(item.Match.Level),
                        Json.Write(item.Match.Reasons),
                        session.Now,
                    }
                )
            );
            await IndexProject.Store(session, project.Id, seq, code, project.Body, investors, spelt, null);
        }

        await session.Raise(new ProjectsEntered(projects));
        List<NewProject> backfilled =
        [
            .. projects.Where(project => project.Stage is > Stage.InTalks and < Stage.Terminated),
        ];
        if (backfilled.Count > 0)
            await session.Raise(new ProjectsBackfilled(backfilled));
    }

    /// <summary>Adds one project and reads the investors that are known, in one round trip.</summary>
    private async Task<Inserted> InsertOne(Session session, RuleSet rules, NewProject project, long? drawn)
    {
        var next = await codes.Draw(session, 1, drawn);
        var values = Row(session, rules, project);
        values.Add("nameKeys", IndexProject.NameKeys([project.Body]));

        // A code may be taken already, by what came into the library on other ways.
        while (true)
        {
            var code = next.TryDequeue(out var first) ? first : (await codes.Draw(session, 1)).Dequeue();
            SetCode(values, code, project.Body);
            using var answers = await session.Answers($"{InsertProject}; {IndexProject.SelectInvestors}", values);
            if (await answers.ReadFirstOrDefaultAsync<long?>() is { } seq)
                return new Inserted([(code, seq)], IndexProject.ById(await answers.ReadAsync<IndexProject.Investor>()));
        }
    }

    /// <summary>Adds many projects as one bulk of rows, so that what they are found by can be added as one, too.</summary>
    private async Task<Inserted> InsertMany(
        Session session,
        RuleSet rules,
        IReadOnlyList<NewProject> projects,
        long? drawn
    )
    {
        var free = await FreeCodes(session, projects.Count, drawn);
        session.Add(ProjectTable, projects.Zip(free, (project, code) =>
            {
                var values = Row(session, rules, project);
                SetCode(values, code, project.Body);
                return ProjectTable.Row(values);
            }));
        var seqs = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var ids in projects.Select(project => project.Id).Chunk(IndexProject.MostLookedUp))
        {
            foreach (var row in await session.Query<Numbered>(SelectSeqs, new { ids }))
                seqs.Add(row.Id, row.Seq);
        }

        return new Inserted(
            [.. projects.Zip(free, (project, code) => (code, seqs[project.Id]))],
            await IndexProject.KnownInvestors(session, projects.Select(project => project.Body))
        );
    }

    /// <summary>Codes that no project has, not even one that came into the library on other ways.</summary>
    private async Task<IReadOnlyList<string>> FreeCodes(Session session, int count, long? drawn)
    {
        var free = new List<string>();
        while (free.Count < count)
        {
            var next = await codes.Draw(session, count - free.Count, free.Count == 0 ? drawn : null);
            drawn = null;
            foreach (var some in next.Chunk(IndexProject.MostLookedUp))
            {
                var taken = await session.Query<string>(SelectTaken, new { codes = some });
                free.AddRange(some.Except(taken));
            }
        }

        return free;
    }

    /// <summary>The columns of a new project, all but its code and the text that is searched.</summary>
    private Parameters Row(Session session, RuleSet rules, NewProject project)
    {
        var dates = project.DatesOn(session.Today);
        var idleSince = IdleSince(project.Stage, dates, project.ReachedOn(session.Today));
        var days = KeepLights.OfEntering(
            project.Body,
            project.Stage,
            dates,
            idleSince,
            project.ImportId is not null,
            rules
        );
        var values = Facts(session, project.Id, project.Body, project.Flags, rules);
        values.AddAll(
            new
            {
                ownerId = project.OwnerId,
                firstTalkId = project.FirstTalkId,
                stage = Slug.Of(project.Stage),
                inTalksOn = dates.InTalks,
                signedOn = dates.Signed,
                registeredOn = dates.Registered,
                startedOn = dates.Started,
                inProductionOn = dates.InProduction,
                terminatedOn = project.TerminatedOn,
                idleSince,
                yellowOn = days.YellowOn,
                redOn = days.RedOn,
                removalOn = days.RemovalOn,
                lightTold = Slug.Of(days.On(session.Today)),
                noticeBy = KeepLights.NoticeBy(project.Body, project.Stage, rules),
                planOn = KeepLights.PlanOn(project.Body, project.Stage),
                reportRequired = 0,
                underReview = project.UnderReview ? 1 : 0,
                importId = project.ImportId,
                claimId = project.ClaimId,
                version = 1,
                publicVersion = 1,
                createdAt = session.Now,
                updatedAt = session.Now,
                publicUpdatedAt = session.Now,
                movedAt = session.Now,
            }
        );
        return values;
    }

    private static void SetCode(Parameters values, string code, ProjectBody body)
    {
        values.Add("code", code);
        values.Add("searchText", string.Join('\n', SearchText.Lines(code, body)));
    }

    /// <summary>Stores the facts of a project, and what it is found by. <paramref name="kept"/> are the flags that do not come from the facts.</summary>
    public async Task Change(Session session, string id, ProjectBody body, IEnumerable<string> kept, RuleSet rules)
    {
        var stored = (await session.One<StoredProject>(SelectStored, new { id }))!;
        var total = body.TotalInvestment;
        if (
            stored.Secret != body.Secret
            || stored.Amount != total?.Hundredths
            || stored.Currency != total?.Currency
            || stored.IndustryClass != Normalised.IndustryClass(body.IndustryCode)
        )
            await StageTotals.Changing(session, id);
        await AmountWithoutRate.Tell(session, rules, total);
        if (stored.Secret != body.Secret)
            await StageTotals.ChangingClaims(session, await session.Query<string>(SelectClaims, new { id }));
        var values = Facts(session, id, body, kept, rules);
        values.Add("searchText", string.Join('\n', SearchText.Lines(stored.Code, body)));
        await session.Execute(UpdateFacts, values);
        await IndexProject.Forget(session, id);
        await IndexProject.Store(
            session,
            id,
            stored.Seq,
            stored.Code,
            body,
            await IndexProject.KnownInvestors(session, [body]),
            [],
            stored
        );
    }

    /// <summary>The columns that the facts are kept in, all but the text that is searched.</summary>
    private Parameters Facts(Session session, string id, ProjectBody body, IEnumerable<string> kept, RuleSet rules)
    {
        var total = body.TotalInvestment;
        var amountCny =
            total is { } money && rules.ToCny(money, session.Today.Year) is { } cny
                ? new Money(cny, "CNY").Hundredths
                : (long?)null;
        return Parameters.Of(
            new
            {
                id,
                name = body.Name,
                nameKey = IndexProject.NameKey(body),
                nationalCode = Normalised.NationalCode(body.NationalCode),
                secret = body.Secret ? 1 : 0,
                amount = total?.Hundredths,
                currency = total?.Currency,
                amountCny,
                amountOrder = amountCny ?? -1,
                industryCode = body.IndustryCode,
                industryClass = Normalised.IndustryClass(body.IndustryCode),
                chainKey = body.Chain,
                provincialZone = body.ProvincialZone ? 1 : 0,
                facts = Json.Write(body with { Contacts = null, Referrer = null }),
                contacts = new PersonalFacts { Contacts = body.Contacts ?? [], Referrer = body.Referrer }.Seal(session),
                flags = Json.Write(kept.Except(OfFacts).Concat(FactFlags(body)).Distinct()),
            }
        );
    }

    /// <summary>Marks a project as changed now; <paramref name="publicly"/>: also for those who only get its public summary.</summary>
    public static async Task Touch(Session session, string id, bool publicly)
    {
        await session.Execute(publicly ? TouchPublicly : TouchOnly, new { id, now = session.Now });
        await session.Raise(new ProjectTouched(id, publicly));
    }

    /// <summary>The date from which its idleness counts (R7); null where nothing is idle.</summary>
    public static DateOnly? IdleSince(Stage stage, StageDates dates, DateOnly reached) =>
        stage is Stage.InTalks or Stage.Signed or Stage.Registered ? dates.Of(stage) ?? reached : null;

    private static readonly string[] OfFacts = ["uscc-check-digit", "national-code-malformed", "unknown-industry"];

    private IEnumerable<string> FactFlags(ProjectBody body)
    {
        if (
            (body.Investors ?? []).Any(investor =>
                investor.Uscc is { Length: > 0 } uscc
                && !(Normalised.Uscc(uscc) is { } clean && Uscc.CheckDigitHolds(clean))
            )
        )
            yield return "uscc-check-digit";
        if (body.NationalCode is { Length: > 0 } code && !NationalCode.IsWellFormed(code.Trim()))
            yield return "national-code-malformed";
        if (body.IndustryCode is { Length: > 0 } industry && !industries.Knows(industry))
            yield return "unknown-industry";
    }

    /// <summary>One span for each stage reached, each no earlier than the one before; a stage without a known day counts from when it was recorded.</summary>
    private static List<(Stage Stage, DateOnly EnteredOn, DateOnly? LeftOn)> Spans(NewProject project, DateOnly today)
    {
        var dates = project.DatesOn(today);
        if (project.Stage == Stage.Terminated)
            return [(Stage.Terminated, today, null)];
        var spans = new List<(Stage Stage, DateOnly EnteredOn, DateOnly? LeftOn)>();
        foreach (
            var (stage, on) in Enum.GetValues<Stage>()
                .Where(passed => passed < project.Stage && dates.Of(passed) is not null)
                .Select(passed => (passed, dates.Of(passed)!.Value))
                .Append((project.Stage, project.ReachedOn(today)))
        )
        {
            var day = spans.Count == 0 || spans[^1].EnteredOn < on ? on : spans[^1].EnteredOn;
            if (spans.Count > 0)
                spans[^1] = spans[^1] with { LeftOn = day };
            spans.Add((stage, day, null));
        }

        return spans;
    }

    /// <summary>The codes and numbers of projects just added, and the investors that are known, by their keys.</summary>
    private sealed record Inserted(
        IReadOnlyList<(string Code, long Seq)> Projects,
        Dictionary<(string NameKey, string Uscc), string> Investors
    );

    private sealed class Numbered
    {
        public required string Id { get; init; }
        public long Seq { get; init; }
    }

    private static readonly BulkTable SpanTable = new("stage_spans", "project_id", "stage", "entered_on", "left_on");
    private static readonly BulkTable MatchTable = new(
        "project_matches",
        "project_id",
        "subject_kind",
        "subject_id",
        "level",
        "reasons",
        "found_at"
    );

    private static readonly BulkTable ProjectTable = new(
        "projects",
        "id",
        "code",
        "name",
        "name_key",
        "national_code",
        "owner_id",
        "first_talk_id",
        "claim_id",
        "stage",
        "secret",
        "amount",
        "currency",
        "amount_cny",
        "amount_order",
        "industry_code",
        "industry_class",
        "chain_key",
        "provincial_zone",
        "facts",
        "search_text",
        "contacts",
        "flags",
        "in_talks_on",
        "signed_on",
        "registered_on",
        "started_on",
        "in_production_on",
        "terminated_on",
        "idle_since",
        "yellow_on",
        "red_on",
        "removal_on",
        "light_told",
        "notice_by",
        "plan_on",
        "report_required",
        "under_review",
        "import_id",
        "version",
        "public_version",
        "created_at",
        "updated_at",
        "public_updated_at",
        "moved_at"
    );

    /// <summary>Adds the project, and answers its number; nothing when the code is taken.</summary>
    private static readonly string InsertProject = $"""
        INSERT INTO projects ({string.Join(", ", ProjectTable.Columns)})
        SELECT {string.Join(", ", ProjectTable.Columns.Select(column => $"@{BulkTable.ParameterOf(column)}"))}
        WHERE NOT EXISTS (SELECT 1 FROM projects WHERE code = @code);
        SELECT seq FROM projects WHERE id = @id
        """;

    private const string SelectTaken = "SELECT code FROM projects WHERE code IN @codes";
    private const string SelectSeqs = "SELECT id, seq FROM projects WHERE id IN @ids";

    /// <summary>Tells, by the flags that are stored beside it, whether a signing's notice was late or missing (R32).</summary>
    public const string SetLateNotice =
        "late_notice = CASE WHEN @flags LIKE '%\"late-notice\"%' OR @flags LIKE '%\"no-notice\"%' THEN 1 ELSE 0 END";

    private const string UpdateFacts = $"""
        UPDATE projects SET name = @name, name_key = @nameKey, national_code = @nationalCode, secret = @secret, amount = @amount, currency = @currency, amount_cny = @amountCny, amount_order = @amountOrder,
          industry_code = @industryCode, industry_class = @industryClass, chain_key = @chainKey, provincial_zone = @provincialZone, facts = @facts, contacts = @contacts, flags = @flags, {SetLateNotice},
          search_text = @searchText
        WHERE id = @id
        """;

    private const string SelectClaims = "SELECT id FROM claims WHERE project_id = @id";
    private const string SelectStored =
        "SELECT seq, code, name, secret, amount, currency, industry_class, name_key, search_text FROM projects WHERE id = @id";

    private const string TouchOnly = "UPDATE projects SET version = version + 1, updated_at = @now WHERE id = @id";
    private const string TouchPublicly =
        "UPDATE projects SET version = version + 1, updated_at = @now, public_version = public_version + 1, public_updated_at = @now WHERE id = @id";
}
