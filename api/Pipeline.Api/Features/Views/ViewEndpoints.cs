using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;

namespace Pipeline.Api.Features.Views;

public static class ViewEndpoints
{
    public static void MapViews(this IEndpointRouteBuilder api)
    {
        var views = api.MapGroup("/views").Tagged("Views", "Lists that a person saved.");
        views
            .MapGet("/", ReadViews.All)
            .WithName("listViews")
            .WithSummary("List one's own saved views")
            .Allows(Act.ManageSelf)
            .Reads(Query.Pages)
            .Answers<Page<SavedView>>();
        views
            .MapGet("/{id}", ReadViews.Single)
            .WithName("getView")
            .WithSummary("Get a saved view")
            .Allows(Act.ManageSelf)
            .Answers<SavedView>()
            .Refuses(404);
        views
            .MapPost("/", ChangeViews.Add)
            .WithName("createView")
            .WithSummary("Save a view")
            .Allows(Act.ManageSelf)
            .Takes<ViewBody>()
            .Example(
                """
                { "name": "本月签约", "page": "lists", "query": "stage=signed", "columns": ["code", "name", "total-investment"], "shared": false }
                """
            )
            .Answers<SavedView>(201)
            .Refuses("too-many-views");
        views
            .MapPatch("/{id}", ChangeViews.Edit)
            .WithName("editView")
            .WithSummary("Change a saved view")
            .Allows(Act.ManageSelf)
            .TakesPatchOf<ViewBody>()
            .Answers<SavedView>()
            .Refuses(404);
        views
            .MapDelete("/{id}", ChangeViews.Remove)
            .WithName("deleteView")
            .WithSummary("Delete a saved view")
            .Allows(Act.ManageSelf)
            .NeedsIfMatch()
            .Produces(204)
            .Refuses(404);
    }
}
