using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pipeline.Api.Tests.Imports;

namespace Pipeline.Api.Tests.Support;

/// <summary>Calls that a unit might make, drawn from a seed: right ones, wrong ones, and such as probe for what others have. Each is drawn once and made in several cities.</summary>
/// <remarks>First reports that could match a rival's are left out: what they may tell is said by R14, and tested by itself.</remarks>
internal sealed class RandomCalls(int seed)
{
    private static readonly string[] Stages =
    [
        "signed",
        "registered",
        "started",
        "in-production",
        "terminated",
        "in-talks",
    ];

    private readonly Random random = new(seed);
    private int number = 20;

    /// <summary>A call, to be made in each city for its own records.</summary>
    public sealed record Call(
        string Operation,
        HttpMethod Method,
        Func<TwinCity, string> Path,
        Func<TwinCity, HttpContent?> Content,
        string IfMatch
    );

    public Call Next() =>
        random.Next(14) switch
        {
            0 or 1 => Register(),
            2 or 3 => Edit(),
            4 => Report(),
            5 or 6 => Import(),
            7 => On(
                "recordProgress",
                "projects",
                "progress",
                new
                {
                    occurredOn = Day(),
                    kind = One("visit", "call", "meeting", "nothing"),
                    note = "沟通",
                }
            ),
            8 or 9 => On(
                "submitMove",
                "projects",
                "moves",
                new
                {
                    to = One(Stages),
                    occurredOn = Day(),
                    reasonCode = One("market", null),
                    evidence = new
                    {
                        agreementKind = One("formal", "framework"),
                        parties = "甲、乙",
                        agreedAmount = new { amount = 1, currency = "CNY" },
                    },
                }
            ),
            10 => On("withdrawMove", "moves", "withdraw", new { }),
            11 => On(
                One("releaseClaim", "withdrawClaim")!,
                "claims",
                One("release", "withdraw")!,
                new { reason = One("情况变化", "") }
            ),
            12 => On("fileDispute", "claims", "disputes", new { grounds = One("我们先到", "") }),
            _ => Read(),
        };

    private Call Register()
    {
        var path = One("projects", "projects", "projects", "projects?validateOnly=true")!;
        return new Call("registerProject", HttpMethod.Post, _ => path, Fixed(Small()), "none");
    }

    private Call Edit()
    {
        var patch = new JsonObject();
        foreach (var _ in Enumerable.Range(0, random.Next(1, 4)))
        {
            var (name, investor, industry) = Rumour();
            var (member, value) = random.Next(7) switch
            {
                0 => ("name", (JsonNode?)name),
                1 => ("investors", Node(new[] { Given.Investor(investor, groupParent: One(investor, null)) })),
                2 => ("totalInvestment", Node(new { amount = Amount(), currency = One("CNY", "USD") })),
                3 => ("industryCode", industry),
                4 => ("nationalCode", National()),
                5 => ("secret", random.Next(2) == 0),
                _ => ("chain", One("氢能", "电池")),
            };
            patch[member] = value;
        }

        return On("editProject", "projects", "", patch, HttpMethod.Patch);
    }

    private Call Report()
    {
        // Checked only, or not complete, or of what nobody else can know of.
        var (name, investor, industry) = Rumour();
        var known = Given.Project(name, investor, 1_000_000_000m + random.Next(9) * 700_000_000m, industry: industry);
        return random.Next(3) switch
        {
            0 => new Call(
                "reportProject",
                HttpMethod.Post,
                _ => "claims?validateOnly=true",
                Fixed(new { project = known, contacts = Given.Contacts() }),
                "none"
            ),
            1 => new Call(
                "reportProject",
                HttpMethod.Post,
                _ => "claims",
                Fixed(new { project = known, contacts = Given.Contacts(kind: "call") }),
                "none"
            ),
            _ => new Call(
                "reportProject",
                HttpMethod.Post,
                _ => "claims",
                Fixed(new { project = Given.Another(number++), contacts = Given.Contacts() }),
                "none"
            ),
        };
    }

    private Call Import()
    {
        var rows = Enumerable
            .Range(0, random.Next(1, 8))
            .Select(_ =>
            {
                var (name, investor, industry) = Rumour();
                var stage = One("在谈", "签约", "注册", "开工", "投产", "终止", "洽谈中");

                // In talks and large it would be a report: without a contact it is none.
                return $"{name}{One("", "二号", "项目")},{investor},中国,{random.Next(1, 400)},{industry},{One("", "秀洲区", "南湖区")},{stage},{One("", "2026-02-01")},{National()}";
            })
            .Append(random.Next(3) == 0 ? "缺的,,,,,,,," : "");
        var register = Registers.Csv([
            "项目名称,投资方,国别,总投资(亿元),行业代码,落户地,阶段,首报日期,国家代码",
            .. rows,
        ]);
        var query = One("", "?mode=atomic", "?dryRun=true", "?mode=atomic&dryRun=true");
        return new Call(
            "importRegister",
            HttpMethod.Post,
            _ => $"imports{query}",
            _ =>
            {
                var file = new ByteArrayContent(register);
                file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
                return new MultipartFormDataContent("limit") { { file, "file", "台账.csv" } };
            },
            "none"
        );
    }

    private Call Read()
    {
        var (name, investor, _) = Rumour();
        var word = Uri.EscapeDataString(One(name[..2], investor[..4], name)!);
        var path = One(
            $"projects?count=true&q={word}",
            "projects?count=true&sort=-updatedAt",
            "claims?count=true",
            "moves?count=true",
            "notices?count=true",
            "summary?by=industry",
            "lists/in-talks",
            $"exports/projects.csv?q={word}",
            "imports?count=true"
        )!;
        return new Call("", HttpMethod.Get, _ => path, _ => null, "none");
    }

    /// <summary>A call on one of the unit's own records, or on none.</summary>
    private Call On(string operation, string kind, string action, object body, HttpMethod? method = null)
    {
        var at = random.Next(50);
        return new Call(
            operation,
            method ?? HttpMethod.Post,
            city => $"{Record(city)}{(action.Length > 0 ? $"/{action}" : "")}",
            Fixed(body),
            One("current", "current", "current", "stale", "none")!
        );

        string Record(TwinCity city) =>
            city.Day.Known.GetValueOrDefault(kind, []) is { Count: > 0 } known && at > 0
                ? $"{kind}/{known[at % known.Count]}"
                : $"{kind}/{SampleCity.NoId}";
    }

    private Dictionary<string, object?> Small()
    {
        var (name, investor, industry) = Rumour();
        var body = Given.Project(
            $"{name}{One("", "二号")}",
            investor,
            Amount(),
            industry: industry,
            secret: random.Next(4) == 0,
            nationalCode: National()
        );
        return body;
    }

    private decimal Amount() => 1_000_000m * random.Next(1, 900);

    private string? National() => One(null, "2026-330402-04-01-000001", "2026-330402-04-01-000002");

    private string Day() => One("2026-05-04", "2026-05-01", "2026-06-01")!;

    private (string Name, string Investor, string Industry) Rumour() =>
        UnitsDay.Rumours[random.Next(UnitsDay.Rumours.Count)];

    private string? One(params string?[] of) => of[random.Next(of.Length)];

    private static JsonNode? Node(object value) => JsonSerializer.SerializeToNode(value);

    private static Func<TwinCity, HttpContent?> Fixed(object body)
    {
        var text = body as string ?? JsonSerializer.Serialize(body);
        return _ => new StringContent(text, Encoding.UTF8, "application/json");
    }
}
