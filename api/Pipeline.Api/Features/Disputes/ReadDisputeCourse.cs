using Pipeline.Api.Http;
using Pipeline.Domain;

namespace Pipeline.Api.Features.Disputes;

/// <summary>The course of a dispute, with what the caller may read of it (R23).</summary>
public static class ReadDisputeCourse
{
    public static Task<IResult> Handle(string id, Call call) =>
        call.Read<IResult>(async session =>
            await DisputeRow.For(session, call.Caller, id) is { } dispute
                ? Reply.Plain(new CourseView(await DisputeCourse.Of(session, call.Caller, dispute)))
                : (Reply)Refusal.NotFound
        );
}
