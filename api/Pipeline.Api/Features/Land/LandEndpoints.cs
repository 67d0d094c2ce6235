using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Api.Queries;
using Pipeline.Domain.Land;
using Pipeline.Store.Land;

namespace Pipeline.Api.Features.Land;

public static class LandEndpoints
{
    public static void MapLand(this IEndpointRouteBuilder api)
    {
        var parcels = api.MapGroup("/parcels")
            .Tagged("Land", "Parcels of land kept back, on offer and taken, and how projects fit them, with reasons.");
        parcels
            .MapGet("/", ReadParcels.List)
            .WithName("listParcels")
            .WithSummary("List parcels of land, the newest first")
            .Allows(Act.ReadLand)
            .Reads([
                .. ParcelFilter.Parameters,
                Query.Text("fitsProject", "Only parcels that fit this project, one that the caller may judge."),
                .. Query.CountedPages,
            ])
            .Answers<Page<ParcelView>>()
            .Refuses(404);
        parcels
            .MapPost("/", KeepParcel.Add)
            .WithName("addParcel")
            .WithSummary("Put a parcel of land on record, kept back at first")
            .Allows(Act.ManageLand)
            .Takes<ParcelBody>()
            .Example(
                """
                {
                  "place": "科技城3-12地块",
                  "zone": "provincial",
                  "areaM2": 68507.52,
                  "cleared": true,
                  "use": "industrial",
                  "industryClasses": ["38", "39"],
                  "minIntensity": { "amount": 2500000, "currency": "CNY" },
                  "from": "2026-09-01"
                }
                """
            )
            .Answers<ParcelView>(201)
            .Refuses(400);
        parcels
            .MapGet("/{id}", ReadParcels.Single)
            .WithName("getParcel")
            .WithSummary("Get a parcel of land")
            .Allows(Act.ReadLand)
            .Answers<ParcelView>()
            .Refuses(404);
        parcels
            .MapPatch("/{id}", KeepParcel.Edit)
            .WithName("editParcel")
            .WithSummary("Change the facts of a parcel that is not sold")
            .Allows(Act.ManageLand)
            .TakesPatchOf<ParcelBody>()
            .Answers<ParcelView>()
            .Refuses(400, 404)
            .Refuses("parcel-state");
        parcels
            .MapGet("/{id}/fits", ReadFits.OfParcel)
            .WithName("listParcelFits")
            .WithSummary("List how the caller's projects fit a parcel, with reasons, the best first")
            .Allows(Act.ReadFits)
            .Answers<FitPage<ProjectFitView>>()
            .Refuses(404);
        parcels
            .MapPost("/{id}/offer", StepParcel.Offer)
            .Steps("offerParcel", "Offer a parcel, also after talks about it came to nothing");
        parcels.MapPost("/{id}/reserve", StepParcel.Reserve).Steps("reserveParcel", "Keep a parcel back");
        parcels
            .MapPost("/{id}/negotiate", StepParcel.Negotiate)
            .Steps("negotiateParcel", "Say that a project of its unit is negotiating about a parcel")
            .Takes<StepParcel.ProjectRequest>()
            .Refuses(400, 422);
        parcels
            .MapPost("/{id}/sell", StepParcel.Sell)
            .Steps("sellParcel", "Say that a parcel was sold to a project of its unit that is signed")
            .Takes<StepParcel.ProjectRequest>()
            .Refuses(400, 422);
        parcels
            .MapPost("/{id}/withdraw", StepParcel.Withdraw)
            .Steps("withdrawParcel", "Withdraw a parcel, with a reason")
            .Takes<ReasonRequest>()
            .Refuses(400);
        api.MapGet("/projects/{id}/fits", ReadFits.OfProject)
            .WithTags("Land")
            .WithName("listProjectFits")
            .WithSummary("List how the parcels on offer or kept back fit a project, with reasons, the best first")
            .Allows(Act.ReadFits)
            .Answers<FitPage<ParcelFitView>>()
            .Refuses(404);
    }

    /// <summary>What all steps of a parcel have in common.</summary>
    private static RouteHandlerBuilder Steps(this RouteHandlerBuilder route, string name, string summary) =>
        route
            .WithName(name)
            .WithSummary(summary)
            .Allows(Act.ManageLand)
            .NeedsIfMatch()
            .Answers<ParcelView>()
            .Refuses(404)
            .Refuses("parcel-elsewhere", "parcel-state", "parcel-taken", "project-not-signed");
}
