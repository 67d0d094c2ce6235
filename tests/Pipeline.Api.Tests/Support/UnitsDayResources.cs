namespace Pipeline.Api.Tests.Support;

/// <summary>What xiuzhou does with resources: land, events, needs of financing (R132–R135).</summary>
public sealed partial class UnitsDay
{
    private async Task Resources()
    {
        await Land();
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
