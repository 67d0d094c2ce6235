namespace Pipeline.Api.Tests.Support;

/// <summary>The resources of the sample city (R132–R135), all of them nanhu's or the city's.</summary>
public static class SampleResources
{
    public const string Negotiated = "negotiated",
        SecretNegotiated = "secret-negotiated",
        Followed = "followed",
        SecretFollowed = "secret-followed",
        Needy = "needy",
        SecretNeedy = "secret-needy";

    /// <summary>How far leads of an office have come; the assigned one is nanhu's.</summary>
    public const string LeadSubmitted = "lead-submitted",
        LeadAnswered = "lead-answered",
        LeadValid = "lead-valid",
        LeadAssigned = "lead-assigned";

    /// <summary>What a result and a need of nanhu's are called, for it and the city.</summary>
    public const string InResults = "wombat",
        InNeeds = "wolverine";

    /// <summary>Makes them, by what a path names and by situation.</summary>
    public static async Task<Dictionary<string, Dictionary<string, string>>> Make(PipelineApp app, SampleCity city)
    {
        var made = new Dictionary<string, Dictionary<string, string>>();
        await Land(app, city, made);
        await Chains(app, city, made);
        await Events(app, city, made);
        await Financing(app, city, made);
        await Leads(app, city, made);
        return made;
    }

    /// <summary>A chain that a department tends, with two nodes; a project of nanhu's in talks is on one.</summary>
    private static async Task Chains(
        PipelineApp app,
        SampleCity city,
        Dictionary<string, Dictionary<string, string>> made
    )
    {
        var centre = app.As("centre");
        var chain = (string)
            (await centre.Post("chains", new { name = "集成电路", departmentId = city.Department })).Is(201)["id"]!;
        var nodes = (
            await centre.Put(
                $"chains/{chain}/nodes",
                new
                {
                    nodes = new[]
                    {
                        new
                        {
                            position = "up",
                            name = "正极材料",
                            state = "missing",
                        },
                        new
                        {
                            position = "mid",
                            name = "电芯",
                            state = "weak",
                        },
                    },
                },
                "*"
            )
        ).Is(200)["items"];
        (await app.As("nanhu").Post($"projects/{city.Free}/chain-nodes", new { nodeId = (string)nodes[0]!["id"]! })).Is(
            201
        );
        city.FreeNode = (string)nodes[1]!["id"]!;
        made["chains"] = new() { [SampleCity.Present] = chain, [SampleCity.Absent] = SampleCity.NoId };
        made["projects/chain-nodes"] = new()
        {
            [SampleCity.Present] = $"{city.Free}/{nodes[0]!["id"]}",
            [SampleCity.Absent] = $"{SampleCity.NoId}/{SampleCity.NoId}",
        };
    }

    /// <summary>Two events, and what came of one: something open, and two projects in talks, one of them secret.</summary>
    private static async Task Events(
        PipelineApp app,
        SampleCity city,
        Dictionary<string, Dictionary<string, string>> made
    )
    {
        var owner = app.As("nanhu");
        async Task<string> Event(string name) =>
            (string)
                (
                    await owner.Post(
                        "events",
                        new
                        {
                            kind = "talks",
                            name,
                            startsOn = "2026-05-20",
                        }
                    )
                ).Is(201)["id"]!;
        var present = await Event("储能对接会");
        await Event("集成电路对接会");
        made["events"] = new() { [SampleCity.Present] = present, [SampleCity.Absent] = SampleCity.NoId };
        var results = made["event-results"] = new() { [SampleCity.Absent] = SampleCity.NoId };
        foreach (
            var (situation, project) in new[]
            {
                (SampleCity.Present, (string?)null),
                (Followed, SampleCity.Talks),
                (SecretFollowed, SampleCity.SecretTalks),
            }
        )
            results[situation] = (string)
                (
                    await owner.Post(
                        $"events/{present}/results",
                        new
                        {
                            kind = "project",
                            title = InResults,
                            projectId = project is not null && city.Has("projects", project)
                                ? city.Record("projects", project)
                                : null,
                        }
                    )
                ).Is(201)["id"]!;
    }

    /// <summary>A need of an enterprise, and of two projects in talks, one of them secret; each is matched with an institution.</summary>
    private static async Task Financing(
        PipelineApp app,
        SampleCity city,
        Dictionary<string, Dictionary<string, string>> made
    )
    {
        var owner = app.As("nanhu");
        var needs = made["financing-needs"] = new() { [SampleCity.Absent] = SampleCity.NoId };
        var matches = made["matches"] = new() { [SampleCity.Absent] = SampleCity.NoId };
        foreach (
            var (situation, project) in new[]
            {
                (SampleCity.Present, (string?)null),
                (Needy, SampleCity.Talks),
                (SecretNeedy, SampleCity.SecretTalks),
            }
        )
        {
            var known = project is not null && city.Has("projects", project);
            needs[situation] = (string)
                (
                    await owner.Post(
                        "financing-needs",
                        new
                        {
                            projectId = known ? city.Record("projects", project!) : null,
                            enterprise = known ? null : $"{InNeeds}有限公司",
                            kind = "equity",
                            amount = new { amount = 10_000_000, currency = "CNY" },
                        }
                    )
                ).Is(201)["id"]!;
            matches[situation] = (string)
                (
                    await owner.Post(
                        "matches",
                        new
                        {
                            needId = needs[situation],
                            partyId = city.Record("institutions", SampleCity.Shown),
                            note = InNeeds,
                        }
                    )
                ).Is(201)["id"]!;
        }
    }

    /// <summary>Leads of an out-posted office, one at each of the steps to nanhu.</summary>
    private static async Task Leads(
        PipelineApp app,
        SampleCity city,
        Dictionary<string, Dictionary<string, string>> made
    )
    {
        var centre = app.As("centre");
        var leads = made["office-leads"] = new() { [SampleCity.Absent] = SampleCity.NoId };
        foreach (var situation in new[] { LeadSubmitted, LeadAnswered, LeadValid, LeadAssigned })
        {
            var id = leads[situation] = (string)
                (await app.As("shanghai-office").Post("office-leads", Given.Lead())).Is(201)["id"]!;
            if (situation == LeadSubmitted)
                continue;
            (await centre.Act($"office-leads/{id}", "answer", new { })).Is(200);
            if (situation == LeadAnswered)
                continue;
            (await centre.Act($"office-leads/{id}", "judge", new { verdict = "valid" })).Is(200);
            if (situation == LeadValid)
                continue;
            (await centre.Act($"office-leads/{id}", "assign", new { jurisdictionId = app.As("nanhu").UnitId })).Is(200);
        }
    }

    /// <summary>A parcel on offer, and two that projects in talks are negotiating about, one of them secret.</summary>
    private static async Task Land(
        PipelineApp app,
        SampleCity city,
        Dictionary<string, Dictionary<string, string>> made
    )
    {
        var parcels = made["parcels"] = new() { [SampleCity.Absent] = SampleCity.NoId };
        var owner = app.As("nanhu");
        foreach (
            var (situation, project) in new[]
            {
                (SampleCity.Present, (string?)null),
                (Negotiated, SampleCity.Talks),
                (SecretNegotiated, SampleCity.SecretTalks),
            }
        )
        {
            var id = parcels[situation] = (string)
                (await owner.Post("parcels", new { place = "余新3-12地块", areaM2 = 68_507.52 })).Is(201)["id"]!;
            (await owner.Act($"parcels/{id}", "offer", new { })).Is(200);
            if (project is not null && city.Has("projects", project))
                (
                    await owner.Act($"parcels/{id}", "negotiate", new { projectId = city.Record("projects", project) })
                ).Is(200);
        }
    }
}
