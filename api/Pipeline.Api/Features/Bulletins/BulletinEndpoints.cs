using Pipeline.Api.Documents;
using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Domain.Bulletins;

namespace Pipeline.Api.Features.Bulletins;

public static class BulletinEndpoints
{
    public static void MapBulletins(this IEndpointRouteBuilder api)
    {
        var bulletins = api.MapGroup("/bulletins")
            .Tagged(
                "Bulletins",
                "What the centre tells of a closed month, quarter or year, and why it differs from the last."
            );
        bulletins
            .MapPost("/", DraftBulletin.Handle)
            .WithName("draftBulletin")
            .WithSummary("Draft a bulletin of a closed period")
            .Allows(Act.ManageBulletins)
            .Takes<DraftBulletin.Request>()
            .Answers<BulletinView>(201)
            .Refuses(400)
            .Refuses("period-not-closed");
        bulletins
            .MapGet("/", ReadBulletins.List)
            .WithName("listBulletins")
            .WithSummary("List bulletins, the newest first")
            .Allows(Act.ReadBulletins)
            .Reads([
                Query.Choice<BulletinKind>("kind", "Only bulletins of this kind."),
                Query.Choice<BulletinStatus>("status", "Only bulletins that stand so."),
                Query.Text("period", "Only bulletins of this period: `YYYY-MM`, `YYYY-Qn` or `YYYY`."),
                .. Query.CountedPages,
            ])
            .Answers<Page<BulletinView>>();
        bulletins
            .MapGet("/{id}", ReadBulletins.Single)
            .WithName("getBulletin")
            .WithSummary("Get a bulletin with what it says")
            .Allows(Act.ReadBulletins)
            .Answers<BulletinView>()
            .Refuses(404);
        bulletins
            .MapPost("/{id}/issue", IssueBulletin.Handle)
            .WithName("issueBulletin")
            .WithSummary("Issue a bulletin that somebody else drafted")
            .Allows(Act.ManageBulletins)
            .NeedsIfMatch()
            .Answers<BulletinView>()
            .Refuses(404)
            .Refuses("bulletin-issued", "bulletin-superseded", "second-person-required");
        bulletins
            .MapPost("/{id}/supersede", IssueBulletin.Supersede)
            .WithName("supersedeBulletin")
            .WithSummary("Say that a bulletin holds no longer")
            .Allows(Act.ManageBulletins)
            .Takes<ReasonRequest>()
            .NeedsIfMatch()
            .Answers<BulletinView>()
            .Refuses(400, 404)
            .Refuses("bulletin-superseded");
        bulletins
            .MapGet("/{id}/difference", ReadDifference.Handle)
            .WithName("readBulletinDifference")
            .WithSummary("Read why a bulletin differs from the last, or from another of its year")
            .Allows(Act.ReadBulletins)
            .Reads([
                Query.Text(
                    "against",
                    "The bulletin of the same year that it is held against; without it the one of its kind that was issued last before."
                ),
            ])
            .Answers<BulletinDifferenceView>()
            .Refuses(404);
        bulletins
            .MapGet("/{id}.docx", BulletinDocument.Word)
            .WithName("exportBulletin")
            .WithSummary("Get a bulletin as a document")
            .Allows(Act.ReadBulletins)
            .Produces(200, contentType: WordDocument.ContentType)
            .Refuses(404);
        bulletins
            .MapGet("/{id}.pdf", BulletinDocument.Pdf)
            .WithName("exportBulletinPdf")
            .WithSummary("Get a bulletin as pages to print and to file")
            .Allows(Act.ReadBulletins)
            .Produces(200, contentType: PdfPages.ContentType)
            .Refuses(404);
    }
}
