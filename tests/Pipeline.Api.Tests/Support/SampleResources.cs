namespace Pipeline.Api.Tests.Support;

/// <summary>The resources of the sample city (R132–R135), all of them nanhu's or the city's.</summary>
public static class SampleResources
{
    public const string Negotiated = "negotiated",
        SecretNegotiated = "secret-negotiated";

    /// <summary>Makes them, by what a path names and by situation.</summary>
    public static async Task<Dictionary<string, Dictionary<string, string>>> Make(PipelineApp app, SampleCity city)
    {
        var made = new Dictionary<string, Dictionary<string, string>>();
        await Land(app, city, made);
        return made;
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
