using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;

namespace Pipeline.Api.Features.Changes;

public static class ChangeEndpoints
{
    public static void MapChanges(this IEndpointRouteBuilder api) =>
        api.MapGroup("/changes")
            .Tagged(
                "Changes",
                "What changed of all that the caller may see, in the order of commits: to be followed from a cursor on."
            )
            .MapGet("/", ReadChanges.Handle)
            .WithName("readChanges")
            .WithSummary("Read what changed since a cursor")
            .Allows(Act.ReadChanges)
            .Reads([
                Query.Text(
                    "since",
                    "Where the last reading ended: `next` or an item's `cursor`. `start`: everything that is kept, 400 days; without it: from now on."
                ),
                Query.Limit,
                Query.Text(
                    "types",
                    "Only these types, separated by commas; `project.*` stands for all that begin with `project.`"
                ),
                Query.Project,
            ])
            .TakesHeader("Prefer", "`wait=25`: the request is held until something comes, 25 seconds at most.")
            .Answers<ChangePage>()
            .Refuses(400)
            .Refuses("cursor-expired");
}
