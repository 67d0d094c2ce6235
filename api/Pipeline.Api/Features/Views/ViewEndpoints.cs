using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;

namespace Pipeline.Api.Features.Views;

public static class ViewEndpoints
{
    public static void MapViews(this IEndpointRouteBuilder api)
    {
        var views = api.MapGroup("/views").WithTags("Views");
        views
            .MapGet("/", ReadViews.All)
            .WithName("listViews")
            .Allows(Act.ManageSelf)
            .Reads("limit", "cursor")
            .Answers<Page<SavedView>>();
        views
            .MapGet("/{id}", ReadViews.Single)
            .WithName("getView")
            .Allows(Act.ManageSelf)
            .Answers<SavedView>()
            .Refuses(404);
        views
            .MapPost("/", ChangeViews.Add)
            .WithName("createView")
            .Allows(Act.ManageSelf)
            .Takes<ViewBody>()
            .Answers<SavedView>(201)
            .Refuses(409);
        views
            .MapPatch("/{id}", ChangeViews.Edit)
            .WithName("editView")
            .Allows(Act.ManageSelf)
            .TakesPatchOf<ViewBody>()
            .Answers<SavedView>()
            .Refuses(404);
        views
            .MapDelete("/{id}", ChangeViews.Remove)
            .WithName("deleteView")
            .Allows(Act.ManageSelf)
            .NeedsIfMatch()
            .Produces(204)
            .Refuses(404);
    }
}
