using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Dapper;
using Pipeline.Api.Tests.Support;
using UglyToad.PdfPig;

namespace Pipeline.Api.Tests.Access;

/// <summary>Lists, search, counts, summaries, timelines, headers and files tell nobody of what he could not open (R20, "what other jurisdictions see").</summary>
public sealed partial class LeakTests(string engine) : OnEachEngine(engine)
{
    /// <summary>What the trail as a whole tells of, by its pages or as one file.</summary>
    private static readonly string[] WholeTrail =
    [
        SampleCity.InLibrary,
        SampleCity.KeptInLibrary,
        SampleCity.BehindEntry,
        .. SampleCity.Minuted.Values.SelectMany(words => new[] { words.Item, words.Decision }),
        .. SampleCity.Offers.Values.SelectMany(words => new[] { words.Offer, words.Notice }),
        .. SampleCity.Vouchers.Values,
        .. SampleCity.Troubles.Values,
        .. SampleCity.Members.Values,
        .. SampleCity.Words.Values.SelectMany(words => new[] { words.Public, words.Private }),
        SampleCity.Earlier,
        SampleCity.InUnits,
        SampleCity.InCentres,
        Grounds(SampleCity.Disputed),
        Grounds(SampleCity.SecretDisputed),
        Answer(SampleCity.Disputed),
        Answer(SampleCity.SecretDisputed),
    ];

    /// <summary>The words that the rules let each caller meet; all others must stay unheard of.</summary>
    private static readonly Dictionary<string, string[]> MayMeet = new()
    {
        ["nobody"] = [],
        ["owner"] =
        [
            SampleCity.InLibrary,
            SampleCity.KeptInLibrary,
            SampleCity.BehindEntry,
            .. SampleCity.Minuted.Values.SelectMany(words => new[] { words.Item, words.Decision }),
            .. SampleCity.Offers.Values.SelectMany(words => new[] { words.Offer, words.Notice }),
            .. SampleCity.Vouchers.Values,
            .. SampleCity.Troubles.Values,
            .. SampleCity.Members.Values,
            .. SampleCity.Words.Values.SelectMany(words => new[] { words.Public, words.Private }),
            SampleCity.InUnits,
            Grounds(SampleCity.Disputed),
            Grounds(SampleCity.SecretDisputed),
            Answer(SampleCity.Disputed),
            Answer(SampleCity.SecretDisputed),
        ],
        ["foreign"] = [SampleCity.InLibrary, Open(SampleCity.Signed), Open(SampleCity.EndedLate)],
        ["former"] =
        [
            SampleCity.InLibrary,
            .. SampleCity.Offers.Values.Select(words => words.Offer),
            Open(SampleCity.Signed),
            Open(SampleCity.EndedLate),
            Open(SampleCity.PassedOn),
            SampleCity.Earlier,
            Grounds(SampleCity.Disputed),
            Grounds(SampleCity.SecretDisputed),
        ],
        ["coordinator"] =
        [
            SampleCity.InLibrary,
            SampleCity.KeptInLibrary,
            SampleCity.BehindEntry,
            .. SampleCity.Minuted.Values.SelectMany(words => new[] { words.Item, words.Decision }),
            .. SampleCity.Offers.Values.SelectMany(words => new[] { words.Offer, words.Notice }),
            .. SampleCity.Vouchers.Values,
            .. SampleCity.Troubles.Values,
            .. SampleCity.Members.Values,
            .. SampleCity.Words.Values.SelectMany(words => new[] { words.Public, words.Private }),
            SampleCity.Earlier,
            SampleCity.InUnits,
            SampleCity.InCentres,
            Grounds(SampleCity.Disputed),
            Grounds(SampleCity.SecretDisputed),
            Answer(SampleCity.Disputed),
            Answer(SampleCity.SecretDisputed),
        ],
        ["leader"] =
        [
            SampleCity.InLibrary,
            SampleCity.KeptInLibrary,
            SampleCity.BehindEntry,
            SampleCity.Minuted[SampleCity.Convened].Item,
            SampleCity.Minuted[SampleCity.Convened].Decision,
            SampleCity.Offers[SampleCity.Offered].Offer,
            SampleCity.Offers[SampleCity.Offered].Notice,
            SampleCity.Vouchers[SampleCity.Paid],
            SampleCity.Troubles[SampleCity.Troubled],
            SampleCity.Members[SampleCity.Troubled],
            .. SampleCity
                .Words.Where(words => words.Key is not (SampleCity.SecretTalks or SampleCity.SecretSigned))
                .SelectMany(words => new[] { words.Value.Public, words.Value.Private }),
            SampleCity.Earlier,
            Grounds(SampleCity.Disputed),
            Answer(SampleCity.Disputed),
        ],
        ["department"] =
        [
            SampleCity.Minuted[SampleCity.Convened].Decision,
            Open(SampleCity.Signed),
            Open(SampleCity.EndedLate),
            SampleCity.Troubles[SampleCity.Troubled],
        ],
        ["auditor"] = WholeTrail,
        ["admin"] = [],
        ["named"] =
        [
            SampleCity.InLibrary,
            SampleCity.KeptInLibrary,
            SampleCity.BehindEntry,
            .. SampleCity.Minuted.Values.SelectMany(words => new[] { words.Item, words.Decision }),
            .. SampleCity.Offers.Values.SelectMany(words => new[] { words.Offer, words.Notice }),
            .. SampleCity.Vouchers.Values,
            .. SampleCity.Troubles.Values,
            .. SampleCity.Members.Values,
            .. SampleCity.Words.Values.SelectMany(words => new[] { words.Public, words.Private }),
            SampleCity.Earlier,
            Grounds(SampleCity.Disputed),
            Grounds(SampleCity.SecretDisputed),
            Answer(SampleCity.Disputed),
            Answer(SampleCity.SecretDisputed),
        ],
        ["machine"] =
        [
            SampleCity.InLibrary,
            SampleCity.KeptInLibrary,
            .. SampleCity.Words.Values.SelectMany(words => new[] { words.Public, words.Private }),
            .. SampleCity.Offers.Values.Select(words => words.Notice),
            .. SampleCity.Vouchers.Values,
            .. SampleCity.Troubles.Values,
            .. SampleCity.Members.Values,
            .. SampleCity.Minuted.Values.Select(words => words.Decision),
            SampleCity.InUnits,
            Grounds(SampleCity.Disputed),
            Grounds(SampleCity.SecretDisputed),
            Answer(SampleCity.Disputed),
            Answer(SampleCity.SecretDisputed),
        ],
        ["reader"] = [SampleCity.InLibrary, Open(SampleCity.Signed), Open(SampleCity.EndedLate)],
        ["portal"] = [SampleCity.InLibrary, Open(SampleCity.Signed), Open(SampleCity.EndedLate)],
        ["trail"] = WholeTrail,
    };

    private static readonly string[] Every = MayMeet["coordinator"];

    /// <summary>What could be asked for by each query parameter that finds something of the sample city.</summary>
    internal static readonly Dictionary<string, string[]> Asked = new()
    {
        ["q"] = [.. Every, .. Every.Select(word => word[..2])],
        ["text"] = Every,
        ["chain"] = [.. SampleCity.Words.Values.Select(words => $"{words.Private}链")],
        ["stage"] = ["in-talks", "signed", "registered", "terminated"],
        ["status"] =
        [
            "active",
            "queued",
            "under-review",
            "converted",
            "released",
            "pending",
            "verified",
            "awaiting-answer",
            "awaiting-decision",
            "proposed",
            "accepted",
            "lapsed",
            "open",
            "cancelled",
            "assigned",
            "planned",
            "minuted",
            "negotiating",
            "submitted",
            "answered",
            "offered",
            "done",
            "retired",
        ],
        ["minMu"] = ["100"],
        ["cleared"] = ["true", "false"],
        ["zone"] = ["provincial", "other"],
        ["list"] = ["offer", "reserve"],
        ["fitsProject"] = [SampleCity.NoId],
        ["active"] = ["true", "false"],
        ["technology"] = ["true", "false"],
        ["chainId"] = [SampleCity.NoId],
        ["fields"] = ["totalInvestment", "claim,light,contacts"],
        ["eventId"] = [SampleCity.NoId],
        ["outcome"] = ["open", "landed"],
        ["financed"] = ["true", "false"],
        ["retired"] = ["true", "false"],
        ["suits"] = [SampleCity.NoId],
        ["needId"] = [SampleCity.NoId],
        ["state"] = ["proposed", "financed"],
        ["silence"] = ["green", "yellow"],
        ["since"] = ["start"],
        ["types"] = ["project.*", "claim.received"],
        ["ownerId"] = [SampleCity.NoId],
        ["officeId"] = [SampleCity.NoId],
        ["meetingId"] = [SampleCity.NoId],
        ["carried"] = ["1"],
        ["departmentId"] = [SampleCity.NoId],
        ["light"] = ["green", "yellow"],
        ["turnsWithin"] = ["P3M"],
        ["within"] = ["P3M"],
        ["months"] = ["12"],
        ["leaderId"] = [SampleCity.NoId],
        ["batch"] = ["1"],
        ["noContact"] = ["true", "false"],
        ["overdue"] = ["true", "false"],
        ["level"] = ["0", "3"],
        ["direction"] = ["in", "out"],
        ["timely"] = ["true", "false"],
        ["idle"] = ["green", "yellow", "red"],
        ["by"] =
        [
            "stage",
            "jurisdiction",
            "industry",
            "division",
            "month",
            "unit",
            "indicator",
            "project",
            "department",
            "kind",
            "chain",
        ],
        ["industry"] = ["1", "13", "14", "15", "16", "17", "18", "19"],
        ["currency"] = ["CNY"],
        ["minAmount"] = ["1500000000"],
        ["maxAmount"] = ["1500000000", "5700000000"],
        ["updatedSince"] = ["2026-05-01T00:00:00Z"],
        ["externalRef"] = ["crm:1"],
        ["mode"] = ["itemwise"],
        ["returned"] = ["true", "false"],
        ["expiresBefore"] = ["2026-12-31T00:00:00Z"],
        ["sequence"] = ["1", "2", "3"],
        ["sort"] =
        [
            "createdAt",
            "-updatedAt",
            "-totalInvestment",
            "name",
            "code",
            "expiresAt",
            "sequence",
            "-submittedAt",
        ],
        ["month"] = ["2026-04", "2026-05"],
        ["asOf"] = ["2026-04-30", "2026-05-04"],
        ["on"] = ["2026-05-04"],
        ["outcome"] = ["accepted", "rejected", "doubtful", "done", "read", "denied"],
        ["actorId"] = [],
        ["actorKind"] = ["person", "key", "system"],
        ["action"] = ["reported", "move-verified", "file-added", "sign-in", "upload-file", "update-proposed", "create"],
        ["unfinished"] = ["true"],
        ["subjectKind"] = ["project", "claim", "user"],
        ["subjectId"] = [],
        ["requestId"] = [],
        ["role"] = ["officer", "landing", "first-talk"],
        ["year"] = ["2026"],
        ["period"] = ["2026", "2026-03", "2026-05", "2026-Q2"],
        ["indicator"] = ["projects-signed", "projects-1b", "capital-paid-in"],
        ["indicators"] = ["projects-signed,capital-paid-in,late-notices"],
        ["group"] = ["counties", "zones"],
        ["model"] = [],
        ["knownAt"] = ["2026-05-04T00:00:00Z", "2026-12-31T00:00:00Z"],
        ["kind"] = ["domestic-cash", "equipment", "land", "monthly", "fortnightly"],
        ["snapshot"] = [],
        ["against"] = [],
        ["active"] = ["true"],
        ["returnTo"] = ["/"],
        ["state"] = [],
        ["error"] = [],
        ["error_description"] = [],
        ["iss"] = [],
        ["session_state"] = [],
        ["code"] = ["required"],
        ["from"] = ["1", "2026-05-01T00:00:00Z", "2026-04", "2026-05-01"],
        ["to"] = ["target", "bar", "9", "2026-12-31T00:00:00Z", "2026-05", "2026-12-31"],
        ["list"] = ["new"],
        ["library"] = ["funds", "experts", "tech-enterprises"],
        ["tags"] = ["早期", "A轮,早期"],
        ["keeper"] = ["centre", SampleCity.NoId],
        ["staleBefore"] = ["2026-12-31"],
        ["limit"] = ["200"],
        ["columns"] = ["name,investors,chain,claim-status"],
        ["headers"] = ["keys"],
        ["figures"] = ["shown"],
        ["shared"] = ["true"],
        ["unread"] = ["true"],
        ["count"] = ["true"],
        ["cursor"] = [],
    };

    [Test]
    public async Task Nobody_meets_a_word_of_what_is_hidden_and_everybody_what_is_not()
    {
        var city = await SampleCity.Build(App, SampleCity.Situations);
        var wrong = new List<string>();
        foreach (var (caller, of) in SampleCity.Callers)
        {
            var actor = of(App);
            var met = new HashSet<string>();
            foreach (var (_, path) in await Everything(App, city))
            {
                var told = await Told(actor, path);
                foreach (
                    var word in Every.Where(word =>
                        !path.Contains(word, StringComparison.Ordinal)
                        && told.Contains(word, StringComparison.OrdinalIgnoreCase)
                    )
                )
                {
                    if (MayMeet[caller].Contains(word))
                        met.Add(word);
                    else
                        wrong.Add($"{caller} meets {word} at {path}");
                }
            }

            wrong.AddRange(MayMeet[caller].Except(met).Select(word => $"{caller} never meets {word}"));
        }

        wrong.ShouldBeEmpty();
    }

    [Test]
    public async Task Nothing_that_is_told_changes_when_a_hidden_project_is_added()
    {
        var city = await SampleCity.Build(App, SampleCity.Signed, SampleCity.PassedOn);

        // The audit trail itself grows with every question; of hidden projects it tells the administrator no word (above).
        var asked = (await Everything(App, city))
            .Select(asking => asking.Path)
            .Where(path =>
                !path.StartsWith("/api/v1/audit", StringComparison.Ordinal)
                && !path.StartsWith("/api/v1/exports/audit", StringComparison.Ordinal)
            )
            // So does what waits to be sent and anchored, and the disk fills; which projects wait it tells no administrator (SystemTests).
            .Where(path => !path.StartsWith("/api/v1/system", StringComparison.Ordinal))
            .ToList();
        await Unchanged(
            ["foreign", "department", "admin", "former", "reader", "portal"],
            [SampleCity.Talks, SampleCity.EndedEarly]
        );
        await Unchanged(
            ["foreign", "department", "admin", "former", "leader", "reader", "portal"],
            [SampleCity.SecretTalks, SampleCity.SecretSigned]
        );

        async Task Unchanged(string[] callers, string[] situations)
        {
            var before = new Dictionary<(string, string), string>();
            foreach (var caller in callers)
            {
                foreach (var path in asked)
                    before[(caller, path)] = await Told(Actor(caller), path);
            }

            foreach (var situation in situations)
                await city.Add(situation);
            foreach (var ((caller, path), told) in before)
                (await Told(Actor(caller), path)).ShouldBe(told, $"{caller} at {path}");
        }

        Actor Actor(string name) => SampleCity.Callers.Single(caller => caller.Name == name).Of(App);
    }

    private static string Grounds(string situation) => SampleCity.Pleas[situation].Grounds;

    private static string Answer(string situation) => SampleCity.Pleas[situation].Answer;

    private static string Open(string situation) => SampleCity.Words[situation].Public;

    /// <summary>Every reading operation, of every record, plain and with every parameter that could find something.</summary>
    internal static async Task<List<(string Operation, string Path)>> Everything(PipelineApp app, SampleCity city)
    {
        var paths = new List<(string Operation, string Path)>();
        var all = await Operation.All(app);
        foreach (var operation in all.Where(operation => operation.Reads))
        {
            foreach (var id in city.Records(operation).Values)
            {
                var path = operation.For(id);
                paths.Add((operation.Id, path));
                foreach (var name in operation.Query)
                {
                    var values = name switch
                    {
                        "jurisdictionId" => (IEnumerable<string>)[app.As("nanhu").UnitId, app.As("jiashan").UnitId],
                        "departmentId" => [city.Department],
                        "claimId" => app.Sql(connection => connection.Query<string>("SELECT id FROM claims")),
                        "projectId" or "ids" => [.. city.Records(all.Single(known => known.Id == "getProject")).Values],
                        _ => Asked.GetValueOrDefault(name)
                            ?? throw new AssertionException(
                                $"{operation} has a query parameter {name} that LeakTests has no values for: add some that would find something hidden."
                            ),
                    };
                    paths.AddRange(
                        values.Select(value =>
                            (
                                operation.Id,
                                $"{path}?{name}={Uri.EscapeDataString(value)}{(name != "count" && operation.Query.Contains("count") ? "&count=true" : "")}"
                            )
                        )
                    );

                    // And with several at once, where several may stand.
                    if (operation.Parameters.Any(parameter => parameter.Name == name && parameter.IsList))
                        paths.Add(
                            (
                                operation.Id,
                                $"{path}?{string.Join('&', values.Select(value => $"{name}={Uri.EscapeDataString(value)}"))}{(operation.Query.Contains("count") ? "&count=true" : "")}"
                            )
                        );
                }
            }
        }

        return paths;
    }

    /// <summary>All that an answer tells: its status, its headers, its text, and the texts inside a workbook or a PDF.</summary>
    private static async Task<string> Told(Actor actor, string path)
    {
        using var response = await actor.Asks(new HttpRequestMessage(HttpMethod.Get, path));
        var told = new StringBuilder().Append((int)response.StatusCode);
        foreach (
            var header in response
                .Headers.Concat(response.Content.Headers)
                .Where(header => header.Key.ToUpperInvariant() is not ("DATE" or "X-REQUEST-ID"))
        )
            told.Append(header.Key).Append(": ").AppendJoin(',', header.Value).Append('\n');
        var body = await response.Content.ReadAsByteArrayAsync();
        if (response.IsSuccessStatusCode && path.EndsWith(".pdf", StringComparison.Ordinal))
        {
            using var file = PdfDocument.Open(body);
            foreach (var page in file.GetPages())
                told.Append(page.Text).Append(page.Operations.Count);
            return told.Append(file.Information.Title).Append(file.Information.CreationDate).ToString();
        }

        if (!body.AsSpan().StartsWith("PK"u8))
            return told.Append(Momentary().Replace(Encoding.UTF8.GetString(body), "")).ToString();
        using var archive = new ZipArchive(new MemoryStream(body));
        foreach (var entry in archive.Entries)
        {
            using var reader = new StreamReader(entry.Open());
            told.Append(await reader.ReadToEndAsync());
        }

        return told.ToString();
    }

    // Letters drawn at random, which spell short words at times.
    [GeneratedRegex("\"(?:traceId|nextCursor|next|cursor)\":\"[^\"]*\"")]
    private static partial Regex Momentary();
}
