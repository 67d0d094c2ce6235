using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;

namespace Pipeline.Api.Features.Notices;

public static class NoticeEndpoints
{
    public static void MapNotices(this IEndpointRouteBuilder api)
    {
        var notices = api.MapGroup("/notices").WithTags("Notices");
        notices
            .MapGet("/", ReadNotices.Mine)
            .WithName("listNotices")
            .Allows(Act.ManageSelf)
            .Reads("unread", "limit", "cursor", "count")
            .Answers<Page<NoticeView>>();
        notices
            .MapPost("/read", MarkNotices.UpTo)
            .WithName("readNotices")
            .Allows(Act.ManageSelf)
            .Takes<MarkNotices.Request>()
            .Produces(204)
            .Refuses(404);
        notices
            .MapPost("/{id}/read", MarkNotices.One)
            .WithName("readNotice")
            .Allows(Act.ManageSelf)
            .Produces(204)
            .Refuses(404);

        var settings = api.MapGroup("/me/notice-settings").WithTags("Notices");
        settings
            .MapGet("/", NoticeSettings.Get)
            .WithName("getNoticeSettings")
            .Allows(Act.ManageSelf)
            .Answers<NoticeSettings.View>();
        settings
            .MapPut("/", NoticeSettings.Put)
            .WithName("putNoticeSettings")
            .Allows(Act.ManageSelf)
            .Takes<NoticeSettings.Body>()
            .NeedsIfMatch()
            .Answers<NoticeSettings.View>();
    }
}
