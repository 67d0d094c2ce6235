using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;

namespace Pipeline.Api.Features.Notices;

public static class NoticeEndpoints
{
    public static void MapNotices(this IEndpointRouteBuilder api)
    {
        var notices = api.MapGroup("/notices").Tagged("Notices", "What a person is told, on the page and by mail.");
        notices
            .MapGet("/", ReadNotices.Mine)
            .WithName("listNotices")
            .WithSummary("List one's own notices")
            .Allows(Act.ReadNotices)
            .Reads([Query.Flag("unread", "Whether only those not read yet are told."), .. Query.CountedPages])
            .Answers<Page<NoticeView>>();
        notices
            .MapPost("/read", MarkNotices.UpTo)
            .WithName("readNotices")
            .WithSummary("Mark all notices as read")
            .Allows(Act.ManageSelf)
            .Takes<MarkNotices.Request>()
            .Produces(204)
            .Refuses(404);
        notices
            .MapPost("/{id}/read", MarkNotices.One)
            .WithName("readNotice")
            .WithSummary("Mark a notice as read")
            .Allows(Act.ManageSelf)
            .Produces(204)
            .Refuses(404);

        var settings = api.MapGroup("/me/notice-settings").WithTags("Notices");
        settings
            .MapGet("/", NoticeSettings.Get)
            .WithName("getNoticeSettings")
            .WithSummary("Get which notices come by mail")
            .Allows(Act.ManageSelf)
            .Answers<NoticeSettings.View>();
        settings
            .MapPut("/", NoticeSettings.Put)
            .WithName("putNoticeSettings")
            .WithSummary("Set which notices come by mail")
            .Allows(Act.ManageSelf)
            .Takes<NoticeSettings.Body>()
            .NeedsIfMatch()
            .Answers<NoticeSettings.View>();
    }
}
