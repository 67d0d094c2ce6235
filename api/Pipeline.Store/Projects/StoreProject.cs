using System.Globalization;
using Dapper;
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
            await FoundBy(session, project.Id, seq, code, project.Body, investors, spelt, null);
        }

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
        values.Add("nameKeys", NameKeys([project.Body]));

        // A code may be taken already, by what came into the library on other ways.
        while (true)
        {
            var code = next.TryDequeue(out var first) ? first : (await codes.Draw(session, 1)).Dequeue();
            SetCode(values, code, project.Body);
            using var answers = await session.Answers($"{InsertProject}; {SelectInvestors}", values);
            if (await answers.ReadFirstOrDefaultAsync<long?>() is { } seq)
                return new Inserted([(code, seq)], ById(await answers.ReadAsync<Investor>()));
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
        foreach (var ids in projects.Select(project => project.Id).Chunk(MostLookedUp))
        {
            foreach (var row in await session.Query<Numbered>(SelectSeqs, new { ids }))
                seqs.Add(row.Id, row.Seq);
        }

        return new Inserted(
            [.. projects.Zip(free, (project, code) => (code, seqs[project.Id]))],
            await Investors(session, projects.Select(project => project.Body))
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
            foreach (var some in next.Chunk(MostLookedUp))
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
        var stored = (await session.One<Stored>(SelectStored, new { id }))!;
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
        await session.Execute(Forget, new { id });
        await FoundBy(session, id, stored.Seq, stored.Code, body, await Investors(session, [body]), [], stored);
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
                nameKey = NameKey(body),
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

    private static string NameKey(ProjectBody body) => Cut(Normalised.ProjectName(body.Name ?? ""), 400);

    /// <summary>Stores what a project is found by: people, leaders, n-grams, investors. <paramref name="before"/>: what it was found by until now.</summary>
    private static async Task FoundBy(
        Session session,
        string id,
        long seq,
        string code,
        ProjectBody body,
        Dictionary<(string NameKey, string Uscc), string> known,
        HashSet<(string InvestorId, string Name)> spelt,
        Stored? before
    )
    {
        PersonMarks.Set(session, PersonMarks.Project, id, body.Contacts ?? [], body.Referrer, isNew: before is null);
        session.Add(LeaderTable, (body.Leaders ?? []).Distinct().Select(leader => new object?[] { id, leader }));
        await NameAgain(session, seq, before, NameKey(body), body.TotalInvestment);
        await StoreSpellings.OfProject(session, seq, before?.Name, body.Name ?? "");
        await SearchText.Again(session, seq, before?.SearchText.Split('\n') ?? [], SearchText.Lines(code, body));
        var investors = body.Investors ?? [];
        for (var ordinal = 0; ordinal < investors.Count; ordinal++)
        {
            var investor = investors[ordinal];
            var key = (NameKey: InvestorKey(investor.Name!), Uscc: Normalised.Uscc(investor.Uscc) ?? "");
            if (!known.TryGetValue(key, out var investorId))
            {
                known.Add(key, investorId = Ids.New());
                session.Add(InvestorTable, [investorId, key.NameKey, key.Uscc]);
                if (!InvestorIdentity.IsGeneric(investor.Name!))
                    session.Add(
                        InvestorIndex,
                        Grams.Of(key.NameKey).Select(gram => new object?[] { gram, investorId })
                    );
                StoreSpellings.OfInvestor(session, investorId, investor.Name!);
            }
            else if (StoreSpellings.MayAddForms(investor.Name!) && spelt.Add((investorId, investor.Name!)))
                await StoreSpellings.OfKnownInvestor(session, investorId, investor.Name!);

            session.Add(
                ProjectInvestorTable,
                [
                    id,
                    ordinal,
                    investorId,
                    investor.GroupParent is { } parent && InvestorKey(parent) is { Length: > 0 } group ? group : null,
                ]
            );
        }
    }

    private static string InvestorKey(string name) => Cut(Normalised.InvestorName(name), 400);

    /// <summary>The investors of some projects that are known already.</summary>
    private static async Task<Dictionary<(string NameKey, string Uscc), string>> Investors(
        Session session,
        IEnumerable<ProjectBody> bodies
    )
    {
        var known = new Dictionary<(string NameKey, string Uscc), string>();
        foreach (var nameKeys in NameKeys(bodies).Chunk(MostLookedUp))
        {
            foreach (var investor in await session.Query<Investor>(SelectInvestors, new { nameKeys }))
                known.Add((investor.NameKey, investor.Uscc), investor.Id);
        }

        return known;
    }

    private static IEnumerable<string> NameKeys(IEnumerable<ProjectBody> bodies) =>
        bodies.SelectMany(body => body.Investors ?? []).Select(investor => InvestorKey(investor.Name!)).Distinct();

    private static Dictionary<(string NameKey, string Uscc), string> ById(IEnumerable<Investor> investors) =>
        investors.ToDictionary(investor => (investor.NameKey, investor.Uscc), investor => investor.Id);

    private const int MostLookedUp = 500;

    /// <summary>Indexes a name with its amount, by which similar ones find it; without an amount none does (R13).</summary>
    private static async Task NameAgain(Session session, long seq, Stored? before, string nameKey, Money? total)
    {
        if (
            before is not null
            && (before.NameKey, before.Amount, before.Currency) == (nameKey, total?.Hundredths, total?.Currency)
        )
            return;
        if (before is { Amount: { } amount, Currency: { } currency })
            await session.Execute(
                ForgetName,
                new
                {
                    seq,
                    amount,
                    currency,
                    grams = Grams.Of(before.NameKey),
                }
            );
        if (total is { } money)
            session.Add(
                NameIndex,
                Grams.Of(nameKey).Select(gram => new object?[] { gram, money.Currency, money.Hundredths, seq })
            );
    }

    /// <summary>Marks a project as changed now; <paramref name="publicly"/>: also for those who only get its public summary.</summary>
    public static Task Touch(Session session, string id, bool publicly) =>
        session.Execute(publicly ? TouchPublicly : TouchOnly, new { id, now = session.Now });

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

    private sealed class Stored
    {
        public long Seq { get; init; }
        public required string Code { get; init; }
        public required string Name { get; init; }
        public bool Secret { get; init; }
        public long? Amount { get; init; }
        public string? Currency { get; init; }
        public string? IndustryClass { get; init; }
        public required string NameKey { get; init; }
        public required string SearchText { get; init; }
    }

    private sealed class Investor
    {
        public required string Id { get; init; }
        public required string NameKey { get; init; }
        public required string Uscc { get; init; }
    }

    private static string Cut(string text, int max) => text.Length <= max ? text : text[..max];

    private static readonly BulkTable NameIndex = new("name_index", "gram", "currency", "amount", "project_seq")
    {
        InOrder = true,
    };
    private static readonly BulkTable SpanTable = new("stage_spans", "project_id", "stage", "entered_on", "left_on");
    private static readonly BulkTable LeaderTable = new("project_leaders", "project_id", "user_id");
    private static readonly BulkTable InvestorTable = new("investors", "id", "name_key", "uscc");
    private static readonly BulkTable ProjectInvestorTable = new(
        "project_investors",
        "project_id",
        "ordinal",
        "investor_id",
        "group_key"
    );
    private static readonly BulkTable InvestorIndex = new("investor_index", "gram", "investor_id") { InOrder = true };
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
    private const string SelectInvestors = "SELECT id, name_key, uscc FROM investors WHERE name_key IN @nameKeys";

    private const string Forget =
        "DELETE FROM project_leaders WHERE project_id = @id; DELETE FROM project_investors WHERE project_id = @id";
    private const string ForgetName =
        "DELETE FROM name_index WHERE gram IN @grams AND currency = @currency AND amount = @amount AND project_seq = @seq";

    private const string TouchOnly = "UPDATE projects SET version = version + 1, updated_at = @now WHERE id = @id";
    private const string TouchPublicly =
        "UPDATE projects SET version = version + 1, updated_at = @now, public_version = public_version + 1, public_updated_at = @now WHERE id = @id";
}

/// <summary>The history of stages by day: what lists and totals of a past day are made from.</summary>
public static class StageSpans
{
    /// <summary>Leaves the present stage and enters another on a day, never before the present one was entered.</summary>
    public static async Task Enter(Session session, string projectId, Stage stage, DateOnly on)
    {
        var open = await session.One<OpenSpan>(SelectOpen, new { projectId });
        var day = open is null || open.EnteredOn < on ? on : open.EnteredOn;
        if (open is not null)
            await session.Execute(Close, new { seq = open.Seq, on = day });
        await session.Execute(
            Insert,
            new
            {
                projectId,
                stage = Slug.Of(stage),
                on = day,
            }
        );
    }

    private sealed class OpenSpan
    {
        public long Seq { get; init; }
        public DateOnly EnteredOn { get; init; }
    }

    private const string SelectOpen =
        "SELECT seq, entered_on FROM stage_spans WHERE project_id = @projectId AND left_on IS NULL";
    private const string Close = "UPDATE stage_spans SET left_on = @on WHERE seq = @seq";
    private const string Insert =
        "INSERT INTO stage_spans (project_id, stage, entered_on) VALUES (@projectId, @stage, @on)";
}

/// <summary>Project codes <c>YYYY-NNNNNN</c>, drawn from a keyed permutation so that they tell nothing about how many projects there are (R20).</summary>
public sealed class ProjectCodes
{
    private const int Size = 1_000_000;

    // Drawn before the first project, and never changed.
    private string? key;

    /// <summary>Draws the key of the permutation, if it is not yet drawn.</summary>
    public static async Task Begin(Session session)
    {
        await session.Lock(LockName.Seed);
        if (await session.One<string>(ReadKey) is null)
            await session.Execute(
                WriteKey,
                new { key = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16)) }
            );
    }

    /// <summary>Draws the next codes, under the lock of the intake.</summary>
    /// <param name="drawn">How many were drawn this year, where that was read already.</param>
    public async Task<Queue<string>> Draw(Session session, int count, long? drawn = null)
    {
        var year = session.Today.Year;
        var name = CounterOf(year);
        drawn ??= await session.One<long?>(SelectDrawn, new { name }) ?? 0;
        var last = drawn.Value + count;
        session.Later(drawn == 0 ? Start : Advance, new { name, last });
        key ??= await session.One<string>(ReadKey)
            ?? throw new InvalidOperationException("The key of the project codes is missing.");
        return new Queue<string>(Enumerable.Range(0, count).Select(at => Code(year, last - count + at)));
    }

    // Past a million a year the number grows a digit: the prefix keeps codes apart.
    private string Code(int year, long number) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{year}-{(number < Size ? "" : number / Size)}{Permute((int)(number % Size), $"{key}/{year}"):000000}"
        );

    /// <summary>A four-round Feistel network over 20 bits, walked until it falls below a million.</summary>
    internal static int Permute(int value, string key)
    {
        do
        {
            var (left, right) = (value >> 10, value & 1023);
            for (var round = 0; round < 4; round++)
            {
                var digest = System.Security.Cryptography.SHA256.HashData(
                    System.Text.Encoding.UTF8.GetBytes($"{key}/{round}/{right}")
                );
                (left, right) = (right, left ^ (BitConverter.ToUInt16(digest) & 1023));
            }

            value = (left << 10) | right;
        } while (value >= Size);
        return value;
    }

    /// <summary>What counts the codes drawn in a year.</summary>
    public static string CounterOf(int year) => $"project-code-{year}";

    private const string SelectDrawn = "SELECT value FROM counters WHERE name = @name";
    private const string Advance = "UPDATE counters SET value = @last WHERE name = @name";
    private const string Start = "INSERT INTO counters (name, value) VALUES (@name, @last)";
    private const string ReadKey = "SELECT value FROM settings WHERE name = 'project-code-key'";
    private const string WriteKey = "INSERT INTO settings (name, value) VALUES ('project-code-key', @key)";
}
