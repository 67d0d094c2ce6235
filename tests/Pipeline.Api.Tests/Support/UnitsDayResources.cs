namespace Pipeline.Api.Tests.Support;

/// <summary>What xiuzhou does with resources: land, events, needs of financing (R132–R135).</summary>
public sealed partial class UnitsDay
{
    private async Task Resources()
    {
        await Land();
        await Chains();
        await Events();
        await Financing();
        await Leads();
    }

    /// <summary>The centre draws up a chain; the unit puts a project of its own on it, and takes it off again.</summary>
    private async Task Chains()
    {
        var centre = app.As("centre");
        var chain = (string)(await centre.Post("chains", new { name = "新型储能" })).Is(201)["id"]!;
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
                            industryClasses = new[] { "34", "38" },
                        },
                    },
                },
                "*"
            )
        ).Is(200)["items"];
        Learn("chains", [chain]);
        if (!allowed.Contains("joinChainNode"))
            return;
        var (project, node) = (Known["projects"][2], (string)nodes[0]!["id"]!);
        await Do("joinChainNode", HttpMethod.Post, $"projects/{project}/chain-nodes", new { nodeId = node });
        Learn("projects/chain-nodes", [$"{project}/{node}"]);
        await Do(
            "leaveChainNode",
            HttpMethod.Delete,
            $"projects/{project}/chain-nodes/{node}",
            null,
            200,
            ("If-Match", (await actor.Get($"projects/{project}")).Is(200).ETag!)
        );
    }

    /// <summary>The unit holds an event, of which one of its projects and something else come; another event is called off.</summary>
    private async Task Events()
    {
        var day = new
        {
            kind = "road-show",
            name = "储能路演",
            startsOn = "2026-05-20",
        };
        if (!allowed.Contains("addEvent"))
        {
            Learn("events", [(string)(await app.As("centre").Post("events", day)).Is(201)["id"]!]);
            return;
        }

        var show = await Make("addEvent", "events", day);
        await Edit($"events/{show}", new { place = "上海" }, "editEvent");
        var result = await Make(
            "addEventResult",
            $"events/{show}/results",
            new
            {
                kind = "project",
                title = "储能项目",
                projectId = Known["projects"][2],
            }
        );
        await Edit($"event-results/{result}", new { carrier = "高新区", person = "王专员" }, "editEventResult");
        var prize = await Make("addEventResult", $"events/{show}/results", new { kind = "prize", title = "一等奖" });
        await Act("closeEventResult", $"event-results/{prize}", "close", new { outcome = "dropped", note = "未落地" });
        var off = await Make("addEvent", "events", day);
        await Act("cancelEvent", $"events/{off}", "cancel", new { reason = "延期" });
    }

    /// <summary>One of the unit's projects needs money and is matched with an institution of its own; another need is ended.</summary>
    private async Task Financing()
    {
        if (!allowed.Contains("addFinancingNeed"))
            return;
        var need = await Make(
            "addFinancingNeed",
            "financing-needs",
            new
            {
                projectId = Known["projects"][2],
                kind = "equity",
                amount = new { amount = 10_000_000, currency = "CNY" },
            }
        );
        await Edit($"financing-needs/{need}", new { note = "扩产" }, "editFinancingNeed");
        var party = (string)(await actor.Post("institutions", new { name = "秀湖创业投资有限公司" })).Is(201)["id"]!;
        var match = await Make(
            "proposeMatch",
            "matches",
            new
            {
                needId = need,
                partyId = party,
                note = "路演后推荐",
            }
        );
        await Act("advanceMatch", $"matches/{match}", "advance", new { to = "met", note = "已接洽" });
        var other = await Make(
            "addFinancingNeed",
            "financing-needs",
            new
            {
                enterprise = "秀洲电子有限公司",
                kind = "loan",
                amount = new { amount = 1_000_000, currency = "CNY" },
            }
        );
        await Act("retireFinancingNeed", $"financing-needs/{other}", "retire", new { reason = "已解决" });
    }

    /// <summary>The centre assigns two leads of an office to the unit, which reports on one and closes both.</summary>
    private async Task Leads()
    {
        if (!allowed.Contains("reportOfficeLead"))
            return;
        var centre = app.As("centre");
        var leads = new List<string>();
        for (var n = 0; n < 2; n++)
        {
            var id = (string)(await app.As("shanghai-office").Post("office-leads", Given.Lead())).Is(201)["id"]!;
            (await centre.Act($"office-leads/{id}", "answer", new { })).Is(200);
            (await centre.Act($"office-leads/{id}", "judge", new { verdict = "valid" })).Is(200);
            (await centre.Act($"office-leads/{id}", "assign", new { jurisdictionId = actor.UnitId })).Is(200);
            leads.Add(id);
        }

        Learn("office-leads", leads);
        await Act("reportOfficeLead", $"office-leads/{leads[0]}", "report", new { note = "已拜访" });
        await Act(
            "closeOfficeLead",
            $"office-leads/{leads[0]}",
            "close",
            new
            {
                outcome = "project",
                projectId = Known["projects"][2],
                reason = "已立项",
            }
        );
        await Act(
            "closeOfficeLead",
            $"office-leads/{leads[1]}",
            "close",
            new { outcome = "ended", reason = "企业放弃" }
        );
    }

    /// <summary>The unit keeps a parcel, offers it, negotiates about it, and takes it back.</summary>
    private async Task Land()
    {
        if (!allowed.Contains("addParcel"))
            return;
        var parcel = await Make("addParcel", "parcels", new { place = "秀洲高新区1号地块", areaM2 = 70_000 });
        await Edit($"parcels/{parcel}", new { cleared = true }, "editParcel");
        await Act("offerParcel", $"parcels/{parcel}", "offer", new { });
        await Act("negotiateParcel", $"parcels/{parcel}", "negotiate", new { projectId = Known["projects"][2] });
        await Act("withdrawParcel", $"parcels/{parcel}", "withdraw", new { reason = "规划调整" });
        await Act("reserveParcel", $"parcels/{parcel}", "reserve", new { });
        if (await Signed() is { } signed)
        {
            await Act("offerParcel", $"parcels/{parcel}", "offer", new { });
            await Act("sellParcel", $"parcels/{parcel}", "sell", new { projectId = signed });
        }
    }

    /// <summary>A project of the unit's own that the centre has found signed.</summary>
    private async Task<string?> Signed()
    {
        var own = (string)
            (await actor.Post("projects", Given.Project("机床项目", "绍兴机床有限公司", 200_000_000m))).Is(201)["id"]!;
        var move = (
            await actor.Post(
                $"projects/{own}/moves",
                Given.Signing("2026-05-04", 200_000_000m),
                ("If-Match", (await actor.Get($"projects/{own}")).Is(200).ETag!)
            )
        ).Is(201);
        (await app.As("centre").Post($"moves/{move["id"]}/verify")).Is(200);
        return own;
    }
}
