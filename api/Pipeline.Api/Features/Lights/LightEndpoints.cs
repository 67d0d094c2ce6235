using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Data;
using Pipeline.Domain.Projects;

namespace Pipeline.Api.Features.Lights;

public static class LightEndpoints
{
    public static void MapLights(this IEndpointRouteBuilder api)
    {
        api.MapGet("/projects/{id}/light", ReadLights.Single)
            .WithName("readLight")
            .WithSummary("Read why a project shows its light, and when it turns")
            .WithTags("Lights")
            .Allows(Act.ReadLights)
            .Answers<LightView>()
            .Refuses(404);
        api.MapGet("/lights", ReadLights.Handle)
            .WithName("listLights")
            .WithSummary("List projects by their lights, with how many show which")
            .Tagged(
                "Lights",
                "Which projects stand still, have not started as planned or are behind, and which turn next."
            )
            .Allows(Act.ReadLights)
            .Reads([
                Query.Choice<Light>("light", "Only projects that show this light."),
                Query.Text(
                    "turnsWithin",
                    "Only projects whose light worsens within this time (ISO 8601, days or longer), such as `P7D`."
                ),
                Query.Choice<Stage>("stage", "Only projects at this stage."),
                Query.Unit,
                Query.Date(
                    "on",
                    "The day on which the lights are told; without it today. Projects count as they stand now."
                ),
                .. Query.Pages,
            ])
            .Answers<LightsResponse>();
    }
}
