using System.Text;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Api.Tests.Imports;

namespace Pipeline.Api.Tests.Support;

/// <summary>A city with one record of every kind in every situation that the rules of visibility tell apart, all of them nanhu's.</summary>
public sealed class SampleCity(PipelineApp app)
{
    public const string Talks = "talks",
        PassedOn = "passed-on",
        Signed = "signed",
        SecretTalks = "secret-talks",
        SecretSigned = "secret-signed",
        EndedEarly = "ended-early",
        EndedLate = "ended-late";
    public const string Units = "units",
        Centres = "centres",
        Present = "present",
        Absent = "absent",
        Disputed = "disputed",
        SecretDisputed = "secret-disputed",
        Offered = "offered",
        SecretOffered = "secret-offered",
        Paid = "paid",
        SecretPaid = "secret-paid",
        Troubled = "troubled",
        SecretTroubled = "secret-troubled",
        Idle = "idle",
        SecretIdle = "secret-idle",
        Convened = "convened",
        SecretConvened = "secret-convened",
        Planned = "planned";
    public const string Shown = "shown",
        Kept = "kept";
    public const string Drafted = "drafted",
        Issued = "issued";

    /// <summary>A draft of another coordinator's, that waits for a second person.</summary>
    public const string Waiting = "waiting";

    /// <summary>A well-formed id of nothing.</summary>
    public const string NoId = "0123456789abcdef0123456789abcdef";

    /// <summary>How a project can stand; <c>passed-on</c> was jiashan's before it became nanhu's.</summary>
    public static readonly IReadOnlyList<string> Situations =
    [
        Talks,
        PassedOn,
        Signed,
        SecretTalks,
        SecretSigned,
        EndedEarly,
        EndedLate,
    ];

    private readonly Dictionary<string, Dictionary<string, string>> records = new();
    private string named = "";

    /// <summary>The secrets of the machines: nanhu's with all that a unit's may have, xiuzhou's that only reads, one without a unit, and one that reads the audit trail.</summary>
    private const string Machine = "ppl_machine",
        Reader = "ppl_reader",
        Portal = "ppl_portal",
        Trail = "ppl_trail";

    /// <summary>Everyone who may call.</summary>
    public static readonly IReadOnlyList<(string Name, Func<PipelineApp, Actor> Of)> Callers =
    [
        ("nobody", app => app.Nobody()),
        ("owner", app => app.As("nanhu")),
        ("foreign", app => app.As("xiuzhou")),
        ("former", app => app.As("jiashan")),
        ("coordinator", app => app.As("centre")),
        ("leader", app => app.As("leader")),
        ("department", app => app.As("beijing-office")),
        ("auditor", app => app.As("auditor")),
        ("admin", app => app.As("admin")),
        ("named", app => app.As("leader2")),
        ("machine", app => app.With(Machine)),
        ("reader", app => app.With(Reader)),
        ("portal", app => app.With(Portal)),
        ("trail", app => app.With(Trail)),
    ];

    /// <summary>What is told publicly of a project (name, investor) carries the first word; what its unit alone and the city know (contacts, notes, files, evidence) the second.</summary>
    public static readonly IReadOnlyDictionary<string, (string Public, string Private)> Words = new Dictionary<
        string,
        (string, string)
    >
    {
        [Talks] = ("quokka", "quoll"),
        [PassedOn] = ("narwhal", "numbat"),
        [Signed] = ("sable", "serval"),
        [SecretTalks] = ("walrus", "weevil"),
        [SecretSigned] = ("zebu", "zorilla"),
        [EndedEarly] = ("ibex", "iguana"),
        [EndedLate] = ("oryx", "okapi"),
    };

    /// <summary>What jiashan alone knew of the project that was its own, and what stands in the registers sent in.</summary>
    public const string Earlier = "nyala",
        InUnits = "fossa",
        InCentres = "gecko";

    /// <summary>What jiashan said in disputes against nanhu, and what nanhu answered: the grounds are for both sides, the answer for the centre.</summary>
    public static readonly IReadOnlyDictionary<string, (string Grounds, string Answer)> Pleas = new Dictionary<
        string,
        (string, string)
    >
    {
        [Disputed] = ("caracal", "civet"),
        [SecretDisputed] = ("dingo", "dhole"),
    };

    /// <summary>What nanhu said of projects that it offers to jiashan, for both units and the city, and in notices of their signings, for nanhu and the city.</summary>
    public static readonly IReadOnlyDictionary<string, (string Offer, string Notice)> Offers = new Dictionary<
        string,
        (string, string)
    >
    {
        [Offered] = ("jackal", "jerboa"),
        [SecretOffered] = ("kestrel", "kudu"),
    };

    /// <summary>The vouchers of capital that nanhu submitted: its own and the city's to read. Its credit agreements are its partner's too.</summary>
    public static readonly IReadOnlyDictionary<string, string> Vouchers = new Dictionary<string, string>
    {
        [Paid] = "lemming",
        [SecretPaid] = "leopard",
    };

    /// <summary>What nanhu said of problems: its own and the city's to read, and the department's that is to answer; a secret project's no department's.</summary>
    public static readonly IReadOnlyDictionary<string, string> Troubles = new Dictionary<string, string>
    {
        [Troubled] = "meerkat",
        [SecretTroubled] = "mongoose",
    };

    /// <summary>Who works on projects of nanhu's: its own and the city's to read (R83a).</summary>
    public static readonly IReadOnlyDictionary<string, string> Members = new Dictionary<string, string>
    {
        [Troubled] = "raccoon",
        [SecretTroubled] = "reindeer",
    };

    /// <summary>What meetings talked about and decided: items and decisions of nanhu's projects are its own and the city's to read, and the department's that is to do something; a secret project's no department's.</summary>
    public static readonly IReadOnlyDictionary<string, (string Item, string Decision)> Minuted = new Dictionary<
        string,
        (string, string)
    >
    {
        [Convened] = ("ocelot", "osprey"),
        [SecretConvened] = ("pangolin", "porpoise"),
    };

    /// <summary>What nanhu's entries of libraries are called: one that is for the city, and one it keeps for itself; and who is behind them, whom no other unit and no machine is told of.</summary>
    public const string InLibrary = "tapir",
        KeptInLibrary = "tarsier",
        BehindEntry = "tenrec";

    /// <summary>The department that is asked to answer.</summary>
    public string Department { get; private set; } = "";

    /// <summary>A project of nanhu's in talks with which anything may be done.</summary>
    public string Free { get; private set; } = "";

    /// <summary>A unit that could have it.</summary>
    public string Receiver => app.As("xiuzhou").UnitId;

    /// <summary>The second leader, who is named on secret projects, and the link to a project of nanhu's.</summary>
    public string Named => named;

    public string Link { get; private set; } = "";

    /// <summary>The id of one record.</summary>
    /// <summary>A score model of 2026 that one coordinator drafted and another published.</summary>
    public static async Task<string> PublishScoreModel(PipelineApp app, params string[] units)
    {
        var model = Id(
            (
                await app.As("centre")
                    .Post("score-models", Given.ScoreModel([.. units.Select(unit => app.As(unit).UnitId)]))
            ).Is(201)
        );
        (await app.As("centre2").Act($"score-models/{model}", "publish", new { })).Is(200);
        return model;
    }

    /// <summary>A node of the chain on which nanhu's free project is not.</summary>
    public string FreeNode { get; set; } = "";

    /// <summary>The out-posted office whose leads there are.</summary>
    public string Office => app.As("shanghai-office").UnitId;

    /// <summary>Whether the city was built with it.</summary>
    public bool Has(string kind, string situation) => records[kind].ContainsKey(situation);

    public string Record(string kind, string situation) => records[kind][situation];

    /// <summary>Ids by what a path names and by situation; <c>absent</c> among them.</summary>
    public IReadOnlyDictionary<string, string> Records(Operation operation) =>
        operation.Kind is not { } kind
            ? new Dictionary<string, string> { ["-"] = "" }
            : records.GetValueOrDefault(kind)
                ?? throw new AssertionException(
                    $"{operation} names a record of a kind that SampleCity does not make: add \"{kind}\" there."
                );

    public static async Task<SampleCity> Build(PipelineApp app, params IEnumerable<string> situations)
    {
        var city = new SampleCity(app);
        app.Sql(connection =>
            connection.Execute(
                "UPDATE users SET role = 'department', jurisdiction_id = (SELECT id FROM jurisdictions WHERE code = 'commerce') WHERE username = 'beijing-office'"
            )
        );
        city.named = Id(
            (
                await app.As("admin")
                    .Post(
                        "users",
                        new
                        {
                            username = "leader2",
                            displayName = "分管市领导",
                            role = "leader",
                        }
                    )
            ).Is(201)
        );
        var machine = app.AddKey(
            Machine,
            "nanhu",
            "projects:read projects:write claims:write reports:read assessment:read capital:write webhooks:manage library:read library:write"
        );
        app.AddKey(Reader, "xiuzhou", "projects:read reports:read library:read");
        app.AddKey(Portal, null, "projects:read reports:read library:read");
        app.AddKey(Trail, null, "audit:read");
        var key = app.AddKey("ppl_spare", null, "projects:read");
        foreach (var kind in new[] { "projects", "claims", "moves", "files" })
            city.records[kind] = new() { [Absent] = NoId };
        foreach (var situation in situations)
            await city.Add(situation);
        city.records["disputes"] = new()
        {
            [Disputed] = await city.Dispute(Disputed),
            [SecretDisputed] = await city.Dispute(SecretDisputed),
            [Absent] = NoId,
        };
        city.Department = app.Sql(connection =>
            connection.QuerySingle<string>("SELECT id FROM jurisdictions WHERE code = 'commerce'")
        );
        city.records["problems"] = new() { [Absent] = NoId };
        city.records["team-members"] = new() { [Absent] = NoId };
        await city.Trouble(Troubled);
        await city.Trouble(SecretTroubled);
        city.records["removals"] = new() { [Absent] = NoId };
        await city.StandStill(Idle);
        await city.StandStill(SecretIdle);
        await city.Meet();
        city.records["transfers"] = new() { [Absent] = NoId };
        city.records["signing-notices"] = new() { [Absent] = NoId };
        await city.Offer(Offered);
        await city.Offer(SecretOffered);
        city.Free = (string)(await app.As("nanhu").Reports(Given.Another(10))).Is(201)["projectId"]!;
        await city.LinkLeaders();
        city.records["market-offers"] = new()
        {
            [Present] = Id(
                (
                    await app.As("nanhu")
                        .Post(
                            "market-offers",
                            new
                            {
                                projectId = (string)
                                    (await app.As("nanhu").Reports(Given.Another(99))).Is(201)["projectId"]!,
                            }
                        )
                ).Is(201)
            ),
            [Absent] = NoId,
        };
        await city.FillLibraries();
        city.records["capital"] = new() { [Absent] = NoId };
        city.records["credit-agreements"] = new() { [Absent] = NoId };
        city.records["projects/fixed-investment"] = new() { [Absent] = $"{NoId}/2026" };
        await city.Pay(Paid, "jiashan");
        await city.Pay(SecretPaid, "haining");
        city.records["work-calendars"] = new() { [Present] = "2026", [Absent] = "1999" };

        var units = await app.As("nanhu").Imports(Register(InUnits), $"{InUnits}.csv", "?dryRun=true");
        var centres = await app.As("centre").Imports(Register(InCentres), $"{InCentres}.csv", "?dryRun=true");
        city.records["imports"] = new()
        {
            [Units] = Id(units),
            [Centres] = Id(centres),
            [Absent] = NoId,
        };
        var sheet = Registers.Csv(
            "项目编号,到账日期,金额,币种,出资方式,凭证种类,凭证编号",
            "2026-999999,2026-05-04,100,CNY,现金,银行回单,S-1"
        );
        city.records["record-imports"] = new()
        {
            [Units] = Id(await app.As("nanhu").SendsSheet("capital", sheet)),
            [Centres] = Id(await app.As("centre").SendsSheet("capital", sheet)),
            [Absent] = NoId,
        };
        city.records["jurisdictions"] = new() { [Present] = app.As("nanhu").UnitId, [Absent] = NoId };
        city.records["rule-sets"] = new()
        {
            [Present] = Id((await app.As("nanhu").Get("rule-sets/current")).Is(200)),
            [Absent] = NoId,
        };
        city.records["rule-set-drafts"] = new()
        {
            [Present] = Id(
                (
                    await app.As("centre")
                        .Post("rule-set-drafts", new { name = "下一版草案", effectiveFrom = "2028-01-01" })
                ).Is(201)
            ),
            [Absent] = NoId,
        };
        city.records["indicators"] = new()
        {
            [Present] = Id((await app.As("centre").Post("indicators", Given.Indicator("large-foreign"))).Is(201)),
            [Waiting] = Id((await app.As("centre2").Post("indicators", Given.Indicator("large-others"))).Is(201)),
            [Absent] = "no-such-indicator",
        };
        city.records["indicators/values"] = new()
        {
            [Present] = $"road-shows/2026-04/{app.As("nanhu").UnitId}",
            [Absent] = $"road-shows/2026-04/{NoId}",
        };
        (
            await app.As("centre2")
                .Put(
                    $"targets/2026/{app.As("nanhu").UnitId}/projects-signed",
                    new { value = 5, reason = "目标责任书" },
                    "*"
                )
        ).Is(200);
        city.records["targets"] = new()
        {
            [Present] = $"2026/{app.As("nanhu").UnitId}/projects-signed",
            [Absent] = $"2026/{NoId}/projects-signed",
        };
        var scored = await PublishScoreModel(app, "nanhu", "xiuzhou", "jiashan", "haining");
        city.records["score-models"] = new()
        {
            [Present] = scored,
            [Waiting] = Id(
                (await app.As("centre2").Post("score-models", Given.ScoreModel(app.As("nanhu").UnitId))).Is(201)
            ),
            [Absent] = NoId,
        };
        city.records["score-models/rehearsals"] = new()
        {
            [Present] =
                $"{scored}/{Id((await app.As("centre").Post($"score-models/{scored}/rehearse", new { year = 2026 })).Is(202))}",
            [Absent] = $"{scored}/{NoId}",
        };
        city.records["score-models/marks"] = new()
        {
            [Present] = $"{scored}/{app.As("nanhu").UnitId}/service",
            [Absent] = $"{scored}/{app.As("nanhu").UnitId}/signed",
        };
        city.records["scores"] = new() { [Present] = app.As("nanhu").UnitId, [Absent] = NoId };
        var closed = (await app.As("centre").Post("periods/2026-03/close", new { }, ("If-Match", "*"))).Is(200);
        city.records["periods"] = new()
        {
            [Present] = "2026-03",
            [Waiting] = "2026-04",
            [Absent] = "1979-01",
        };
        city.records["snapshots"] = new() { [Present] = (string)closed["snapshotId"]!, [Absent] = NoId };
        async Task<string> Bulletin(string by) =>
            Id(
                await app.As(by)
                    .Post(
                        "bulletins",
                        new
                        {
                            period = "2026-03",
                            kind = "monthly",
                            template = "full",
                        }
                    )
            );
        var issued = await Bulletin("centre");
        (await app.As("centre2").Act($"bulletins/{issued}", "issue", new { })).Is(200);
        city.records["bulletins"] = new()
        {
            [Present] = issued,
            [Waiting] = await Bulletin("centre2"),
            [Absent] = NoId,
        };
        var (user, session) = app.SpareSession("haining");
        city.records["users"] = new() { [Present] = user, [Absent] = NoId };
        city.records["sessions"] = new() { [Present] = app.SpareSession("nanhu").Session, [Absent] = NoId };
        city.records["users/sessions"] = new() { [Present] = $"{user}/{session}", [Absent] = $"{NoId}/{NoId}" };
        city.records["notices"] = new() { [Present] = app.AddNotice("nanhu"), [Absent] = NoId };
        city.records["views"] = new()
        {
            [Present] = Id(
                (
                    await app.As("nanhu")
                        .Post(
                            "views",
                            new
                            {
                                name = "本月签约",
                                page = "lists",
                                query = "stage=signed",
                            }
                        )
                ).Is(201)
            ),
            [Absent] = NoId,
        };
        city.records["calendars"] = new()
        {
            [Present] = Id((await app.As("nanhu").Post("me/calendars", new { kinds = new[] { "claims" } })).Is(201)),
            [Absent] = NoId,
        };
        city.records["firm-aliases"] = new()
        {
            [Present] = Id(
                (
                    await app.As("centre")
                        .Post("firm-aliases", new { name = "Muster Optik GmbH", otherName = "穆斯特光学有限公司" })
                ).Is(201)
            ),
            [Absent] = NoId,
        };
        city.records["reason-templates"] = new()
        {
            [Present] = Id(
                (await app.As("centre").Post("reason-templates", new { kind = "claim", text = "材料不实" })).Is(201)
            ),
            [Absent] = NoId,
        };
        foreach (var (kind, made) in await SampleResources.Make(app, city))
            city.records[kind] = made;
        city.records["unit-keys"] = new() { [Present] = machine, [Absent] = NoId };
        var (webhook, delivery) = AddWebhook(app, key);
        _ = AddWebhook(app, key);
        city.records["webhooks"] = new() { [Present] = webhook, [Absent] = NoId };
        city.records["webhooks/deliveries"] = new()
        {
            [Present] = $"{webhook}/{delivery}",
            [Absent] = $"{webhook}/{NoId}",
        };
        city.records["api-keys"] = new() { [Present] = key, [Absent] = NoId };
        foreach (var (_, of) in Callers)
            _ = of(app);
        city.records["lists"] = new() { [Present] = "signed", [Absent] = "terminated" };
        return city;
    }

    /// <summary>Two entries in each library: for the city, and for nanhu alone.</summary>
    private async Task FillLibraries()
    {
        var owner = app.As("nanhu");
        records["fund-investments"] = new() { [Absent] = NoId };
        foreach (var sample in SampleLibraries.All)
        {
            async Task<string> Enter(string name, string visibility) =>
                Id(
                    (await owner.Post(sample.Kind, SampleLibraries.Body(sample, name, visibility, BehindEntry))).Is(201)
                );
            records[sample.Kind] = new()
            {
                [Shown] = await Enter($"{InLibrary}{sample.One}有限公司", "city"),
                [Kept] = await Enter($"{KeptInLibrary}{sample.One}股份有限公司", "unit"),
                [Absent] = NoId,
            };
        }

        foreach (var situation in new[] { Shown, Kept })
            records["fund-investments"][situation] = Id(
                (
                    await owner.Post(
                        $"funds/{records["funds"][situation]}/investments",
                        new
                        {
                            company = "微澜传感科技有限公司",
                            investedIn = "local",
                            investedOn = "2026-04-01",
                            amount = new { amount = 20_000_000, currency = "CNY" },
                            evidence = "投资协议",
                        }
                    )
                ).Is(201)
            );
        records["foreign-enterprise-lists"] = new()
        {
            [Shown] = $"new/{records["foreign-enterprises"][Shown]}",
            [Kept] = $"profit/{records["foreign-enterprises"][Kept]}",
            [Absent] = $"terminated/{NoId}",
        };
        if (records["projects"].TryGetValue(Signed, out var brought))
            (
                await owner.Post(
                    $"projects/{brought}/referrer",
                    new
                    {
                        name = "赵先生",
                        kind = "person",
                        declared = true,
                    }
                )
            ).Is(201);
    }

    /// <summary>A webhook of a key, with a delivery that was made.</summary>
    private static (string Webhook, string Delivery) AddWebhook(PipelineApp app, string key) =>
        app.Sql(connection =>
        {
            var values = new
            {
                webhook = Guid.NewGuid().ToString("N"),
                delivery = Guid.NewGuid().ToString("N"),
                earlier = Guid.NewGuid().ToString("N"),
                key,
                now = PipelineApp.Start,
            };
            connection.Execute(
                """
                INSERT INTO webhooks (id, key_id, url, types, ordering, secret, status, position, numbered, created_at, updated_at, version)
                VALUES (@webhook, @key, 'https://127.0.0.1:9/hook', '["meeting.issued"]', 'subject', 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'enabled', 0, 1, @now, @now, 1)
                """,
                values
            );
            connection.Execute(
                """
                INSERT INTO webhook_deliveries (id, webhook_id, change_seq, round, number, type, subject, status, tries, tries_before, due_at, lease, created_at, ended_at)
                VALUES (@earlier, @webhook, 0, 0, 1, 'meeting.issued', 'meetings/0', 'delivered', 1, 0, @now, 1, @now, @now),
                  (@delivery, @webhook, 0, 1, 1, 'meeting.issued', 'meetings/0', 'delivered', 1, 0, @now, 1, @now, @now)
                """,
                values
            );
            return (values.webhook, values.delivery);
        });

    /// <summary>Adds a project that stands so, with its claim, a move, a file, and a word to find it by.</summary>
    public async Task Add(string situation)
    {
        var (owner, centre) = (app.As("nanhu"), app.As("centre"));
        var (open, secret) = Words[situation];
        var project = Given.Another(Situations.ToList().IndexOf(situation));
        project["name"] = $"{open}{project["name"]}";
        project["investors"] = new[] { Given.Investor($"{open}{situation}有限公司") };
        project["secret"] = situation is SecretTalks or SecretSigned;
        project["leaders"] = situation is SecretTalks or SecretSigned ? new[] { named } : null;
        project["chain"] = situation == PassedOn ? null : $"{secret}链";

        Answer? earlier = null;
        if (situation == PassedOn)
            earlier = (await Report(app.As("jiashan"), project, Earlier, null)).Is(201);
        var file = await owner.Uploads($"{secret}.pdf");
        var claim = (await Report(owner, project, secret, file)).Is(201);
        if (earlier is not null)
        {
            var theirs = (string)earlier["projectId"]!;
            (
                await app.As("jiashan")
                    .Post(
                        $"projects/{theirs}/progress",
                        new
                        {
                            occurredOn = "2026-05-01",
                            kind = "call",
                            note = Earlier,
                        }
                    )
            ).Is(201);
            (await app.As("jiashan").Act($"claims/{earlier["id"]}", "release", new { reason = Earlier })).Is(200);
            claim = (await owner.Get($"claims/{claim["id"]}")).Is(200);
        }

        ((string)claim["status"]!).ShouldBe("active");
        var id = (string)claim["projectId"]!;
        (
            await owner.Post(
                $"projects/{id}/progress",
                new
                {
                    occurredOn = "2026-05-01",
                    kind = "call",
                    note = secret,
                }
            )
        ).Is(201);
        var move = situation == EndedEarly ? await Ends(owner, id, secret) : await Signs(owner, id, secret);
        if (situation is Signed or SecretSigned or EndedLate)
            (await centre.Post($"moves/{move["id"]}/verify")).Is(200);
        if (situation == EndedLate)
        {
            move = await Ends(owner, id, secret);
            (await centre.Post($"moves/{move["id"]}/verify")).Is(200);
        }

        records["projects"][situation] = id;
        records["claims"][situation] = (string)claim["id"]!;
        records["moves"][situation] = (string)move["id"]!;
        records["files"][situation] = file;
    }

    /// <summary>jiashan contests nanhu's claim on a project of which nothing else is told; its id.</summary>
    private async Task<string> Dispute(string situation)
    {
        var (owner, rival, centre) = (app.As("nanhu"), app.As("jiashan"), app.As("centre"));
        var project = Given.Another(situation == Disputed ? 14 : 15);
        project["secret"] = situation == SecretDisputed;
        project["leaders"] = situation == SecretDisputed ? new[] { named } : null;
        (await owner.Reports(project)).Is(201);
        var claim = (await rival.Reports(project)).Is(201);
        if (situation == SecretDisputed)
            (await centre.Act($"claims/{claim["id"]}", "resolve", new { decision = "same", reason = "同一项目" })).Is(
                200
            );
        var file = await rival.Uploads($"{Pleas[situation].Grounds}.pdf");
        var id = Id(
            (
                await rival.Post(
                    $"claims/{claim["id"]}/disputes",
                    new { grounds = Pleas[situation].Grounds, files = new[] { file } }
                )
            ).Is(201)
        );
        (await owner.Post($"disputes/{id}/answer", new { answer = Pleas[situation].Answer })).Is(200);
        return id;
    }

    /// <summary>nanhu offers a project of which nothing else is told to jiashan, and gives notice of its signing.</summary>
    private async Task Offer(string situation)
    {
        var owner = app.As("nanhu");
        var (offer, notice) = Offers[situation];
        var project = Given.Another(situation == Offered ? 8 : 9);
        project["secret"] = situation == SecretOffered;
        project["leaders"] = situation == SecretOffered ? new[] { named } : null;
        var id = (string)(await owner.Reports(project)).Is(201)["projectId"]!;
        records["signing-notices"][situation] = Id(
            (
                await owner.Post(
                    $"projects/{id}/signing-notices",
                    new
                    {
                        plannedSigningOn = "2026-05-20",
                        parties = notice,
                        agreedAmount = new { amount = 1, currency = "CNY" },
                    }
                )
            ).Is(201)
        );
        records["transfers"][situation] = Id(
            (
                await owner.Post(
                    "transfers",
                    new
                    {
                        projectId = id,
                        toJurisdictionId = app.As("jiashan").UnitId,
                        reason = offer,
                    }
                )
            ).Is(201)
        );
    }

    /// <summary>nanhu raises a problem of a project of which nothing else is told, and names somebody on its team; a department is to answer, where the project is not secret.</summary>
    private async Task Trouble(string situation)
    {
        var owner = app.As("nanhu");
        var project = Given.Another(situation == Troubled ? 16 : 17);
        project["secret"] = situation == SecretTroubled;
        project["leaders"] = situation == SecretTroubled ? new[] { named } : null;
        var id = (string)(await owner.Reports(project)).Is(201)["projectId"]!;
        records["problems"][situation] = Id(
            (
                await owner.Post(
                    $"projects/{id}/problems",
                    new
                    {
                        title = Troubles[situation],
                        kind = "land",
                        departmentId = situation == Troubled ? Department : null,
                    }
                )
            ).Is(201)
        );
        records["team-members"][situation] = Id(
            (await owner.Post($"projects/{id}/team", new { name = Members[situation], role = "negotiator" })).Is(201)
        );
    }

    /// <summary>Two projects of nanhu's are linked to the second leader by a batch; another batch is drafted.</summary>
    private async Task LinkLeaders()
    {
        var centre = app.As("centre");
        var projects = new List<string>();
        foreach (var number in new[] { 31, 32 })
            projects.Add((string)(await app.As("nanhu").Reports(Given.Another(number))).Is(201)["projectId"]!);
        var batch = (
            await centre.Post(
                "leader-batches",
                new
                {
                    links = projects.Select(projectId => new
                    {
                        leaderId = named,
                        projectId,
                        role = "lead",
                    }),
                }
            )
        ).Is(201);
        (await centre.Act($"leader-batches/{batch["id"]}", "issue", new { })).Is(200);
        Link = (string)(await centre.Get("leader-links")).Is(200)["items"][0]!["id"]!;
        var draft = (
            await centre.Post(
                "leader-batches",
                new { closeOuts = new[] { new { linkId = Link, reason = "weak-intent" } } }
            )
        ).Is(201);
        records["leader-batches"] = new()
        {
            [Drafted] = Id(draft),
            [Issued] = Id(batch),
            [Absent] = NoId,
        };
    }

    /// <summary>Two meetings were held, each about a project of nanhu's of which nothing else is told, and one is planned.</summary>
    private async Task Meet()
    {
        records["meetings"] = new() { [Absent] = NoId };
        records["actions"] = new() { [Absent] = NoId };
        records["meetings/items"] = new() { [Absent] = $"{NoId}/{NoId}" };
        var projects = new Dictionary<string, string>();
        foreach (var situation in new[] { Convened, SecretConvened })
        {
            var project = Given.Another(situation == Convened ? 28 : 29);
            project["secret"] = situation == SecretConvened;
            project["leaders"] = situation == SecretConvened ? new[] { named } : null;
            projects[situation] = (string)(await app.As("nanhu").Reports(project)).Is(201)["projectId"]!;
            records["meetings"][situation] = await Plan();
            await Put(records["meetings"][situation], Minuted[situation].Item, projects[situation]);
            (await app.As("centre").Act($"meetings/{records["meetings"][situation]}", "issue", new { })).Is(200);
        }

        foreach (var (situation, project) in projects)
        {
            var minuted = (
                await app.As("centre")
                    .Act(
                        $"meetings/{records["meetings"][situation]}",
                        "minutes",
                        new
                        {
                            decisions = new[]
                            {
                                new
                                {
                                    projectId = project,
                                    text = Minuted[situation].Decision,
                                    ownerId = situation == Convened ? Department : app.As("nanhu").UnitId,
                                    dueOn = "2026-05-29",
                                },
                            },
                        }
                    )
            ).Is(200);
            records["actions"][situation] = (string)minuted["decisions"][0]!["id"]!;
        }

        records["meetings"][Planned] = await Plan();
        await Put(records["meetings"][Planned], "议题", null);
        records["meetings/items"][Planned] = $"{records["meetings"][Planned]}/{NoId}";
    }

    private async Task<string> Plan() =>
        Id(
            (
                await app.As("centre")
                    .Post(
                        "meetings",
                        new
                        {
                            kind = "monthly",
                            heldOn = "2026-05-20",
                            cutOffAt = "2026-05-04T01:00:00Z",
                            chair = "分管市领导",
                        }
                    )
            ).Is(201)
        );

    private async Task Put(string meeting, string title, string? projectId) =>
        (
            await app.As("centre")
                .Send(
                    HttpMethod.Put,
                    $"meetings/{meeting}/agenda/items/{NoId}",
                    new
                    {
                        title,
                        projectId,
                        reason = "中心提出",
                    },
                    ("If-Match", "*")
                )
        ).Is(200);

    /// <summary>A project of nanhu's of which nothing else is told stands still for so long that its removal is proposed.</summary>
    private async Task StandStill(string situation)
    {
        var project = Given.Another(situation == Idle ? 18 : 19);
        project["secret"] = situation == SecretIdle;
        project["leaders"] = situation == SecretIdle ? new[] { named } : null;
        var id = (string)(await app.As("nanhu").Reports(project)).Is(201)["projectId"]!;
        app.Sql(connection =>
            connection.Execute("UPDATE projects SET removal_on = '2026-05-01' WHERE id = @id", new { id })
        );
        await app.Services.GetRequiredService<ProposeRemovals>().WhatIsDue();
        records["removals"][situation] = app.Sql(connection =>
            connection.QuerySingle<string>("SELECT id FROM removals WHERE project_id = @id", new { id })
        );
    }

    /// <summary>A project of nanhu's that was signed gets capital, and an agreement with another unit.</summary>
    private async Task Pay(string situation, string partner)
    {
        var (owner, centre) = (app.As("nanhu"), app.As("centre"));
        var project = Given.Another(situation == Paid ? 11 : 12);
        project["secret"] = situation == SecretPaid;
        project["leaders"] = situation == SecretPaid ? new[] { named } : null;
        var id = (string)(await owner.Reports(project)).Is(201)["projectId"]!;
        var move = (await owner.Submits(id, Given.Signing("2026-05-04"))).Is(201);
        (await centre.Post($"moves/{move["id"]}/verify")).Is(200);
        move = (
            await owner.Submits(
                id,
                new
                {
                    to = "registered",
                    occurredOn = "2026-05-04",
                    evidence = new { filingCode = "F-1", filedOn = "2026-05-04" },
                }
            )
        ).Is(201);
        (await centre.Post($"moves/{move["id"]}/verify")).Is(200);
        var voucher = await owner.Uploads($"{Vouchers[situation]}.pdf");
        var entry = (
            await owner.Post(
                $"projects/{id}/capital",
                new
                {
                    occurredOn = "2026-05-04",
                    amount = new { amount = 1_000_000, currency = "CNY" },
                    kind = "domestic-cash",
                    voucherKind = "bank-slip",
                    voucherNo = Vouchers[situation],
                    files = new[] { voucher },
                }
            )
        ).Is(201);
        records["capital"][situation] = Id(entry);
        if (situation == SecretPaid)
            (await centre.Act($"capital/{Id(entry)}", "verify", new { })).Is(200);
        records["credit-agreements"][situation] = Id(
            (
                await owner.Post(
                    $"projects/{id}/credit-agreements",
                    new
                    {
                        shares = new object[]
                        {
                            new { jurisdictionId = owner.UnitId, bp = 6000 },
                            new { jurisdictionId = app.As(partner).UnitId, bp = 4000 },
                        },
                        years = 5,
                        fileId = await owner.Uploads("contract.pdf"),
                    }
                )
            ).Is(201)
        );
        records["projects/fixed-investment"][situation] = $"{id}/2026";
        if (situation == Paid)
            Evidence = (id, voucher);
    }

    /// <summary>A signed project of nanhu's, and a file that proves something of it.</summary>
    public (string Project, string File) Evidence { get; private set; }

    private static Task<Answer> Report(Actor unit, Dictionary<string, object?> project, string word, string? file) =>
        unit.Reports(
            new Dictionary<string, object?>(project)
            {
                ["contacts"] = new[] { new { name = word, phone = word } },
                ["referrer"] = word,
            },
            new[]
            {
                new
                {
                    kind = "visit",
                    occurredOn = "2026-04-20",
                    note = word,
                    files = file is null ? Array.Empty<string>() : [file],
                },
            }
        );

    private static async Task<Answer> Signs(Actor unit, string id, string word) =>
        (
            await unit.Submits(
                id,
                new
                {
                    to = "signed",
                    occurredOn = "2026-05-04",
                    note = word,
                    evidence = new
                    {
                        agreementKind = "formal",
                        agreementNo = word,
                        parties = word,
                        agreedAmount = new { amount = 1, currency = "CNY" },
                    },
                }
            )
        ).Is(201);

    private static async Task<Answer> Ends(Actor unit, string id, string word) =>
        (
            await unit.Submits(
                id,
                new
                {
                    to = "terminated",
                    occurredOn = "2026-05-04",
                    reasonCode = "market",
                    note = word,
                }
            )
        ).Is(201);

    private static byte[] Register(string word) =>
        Encoding.UTF8.GetBytes($"项目名称,投资方\r\n{word}产业园,{word}有限公司\r\n,{word}\r\n");

    private static string Id(Answer answer) => (string)answer["id"]!;
}
