using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Claims;

namespace Pipeline.Api.Features.Claims;

/// <summary>The course of a claim from its receipt on, for its unit and those who read the city: what its own timeline entries, returns and disputes tell, nothing of others' (R20).</summary>
public static class ReadCourse
{
    public static Task<IResult> Handle(string id, Call call) =>
        call.Read<IResult>(async session =>
            await LoadClaim.For(session, call.Caller, id) is { } claim
                ? Reply.Plain(new CourseView(await Of(session, call.Caller, claim)))
                : (Reply)Refusal.NotFound
        );

    internal static async Task<IReadOnlyList<CourseStep>> Of(Session session, Caller caller, ClaimRow claim)
    {
        var steps = new List<CourseStep>
        {
            new()
            {
                At = claim.ReceivedAt,
                Kind = EntryKind.Reported,
                By = claim.ReportedByName,
            },
        };
        foreach (var row in await session.Query<ReturnRow>(Returns, new { id = claim.Id }))
        {
            steps.Add(
                new CourseStep
                {
                    At = row.ReturnedAt,
                    Kind = EntryKind.ClaimReturned,
                    By = row.ReturnedByName,
                    Note = row.Reason,
                    Missing = Json.Read<List<string>>(row.Missing),
                    Until = row.UntilAt,
                }
            );
            if (row.CompletedAt is { } completed)
                steps.Add(
                    new CourseStep
                    {
                        At = completed,
                        Kind = EntryKind.ClaimCompleted,
                        By = row.CompletedByName,
                    }
                );
        }

        var told = (claim.ProjectId ?? claim.OwnProjectId) is { } projectId
            ? await session.Query<EntryRow>(
                Entries,
                new
                {
                    projectId,
                    unit = claim.JurisdictionId,
                    mark = $"%\"claimId\":\"{claim.Id}\"%",
                }
            )
            : [];
        steps.AddRange(
            told.Select(row => new CourseStep
                {
                    At = row.At,
                    Kind = Slug.To<EntryKind>(row.Kind),
                    By = row.ActorName,
                    Note = row.Note,
                })
                .Where(step =>
                    step.Kind is not (EntryKind.ClaimReturned or EntryKind.ClaimCompleted)
                    && !(step.Kind == EntryKind.Reported && step.At == claim.ReceivedAt)
                )
        );

        // A report that ended while it was under review is on no project's timeline.
        if (claim.EndedAt is { } ended && claim.ProjectId is null && !told.Any(row => row.At == ended))
            steps.Add(
                new CourseStep
                {
                    At = ended,
                    Kind = claim.At == ClaimStatus.Withdrawn ? EntryKind.ClaimWithdrawn : EntryKind.ClaimRejected,
                    Note = claim.EndReason,
                }
            );
        var calendar = await WorkCalendars.Load(session);
        foreach (
            var dispute in await session.Query<DisputeRow>(
                $"{DisputeRow.Select} WHERE d.claim_id = @id ORDER BY d.seq",
                new { id = claim.Id }
            )
        )
            steps.AddRange(DisputeCourse.Said(dispute.View(caller, session.Now, calendar)));
        return [.. steps.OrderBy(step => step.At)];
    }

    private sealed class ReturnRow
    {
        public required string Reason { get; init; }
        public required string Missing { get; init; }
        public DateTimeOffset ReturnedAt { get; init; }
        public required string ReturnedByName { get; init; }
        public DateTimeOffset UntilAt { get; init; }
        public DateTimeOffset? CompletedAt { get; init; }
        public string? CompletedByName { get; init; }
    }

    private sealed class EntryRow
    {
        public DateTimeOffset At { get; init; }
        public required string Kind { get; init; }
        public string? ActorName { get; init; }
        public string? Note { get; init; }
    }

    private const string Returns =
        "SELECT reason, missing, returned_at, returned_by_name, until_at, completed_at, completed_by_name FROM claim_returns WHERE claim_id = @id ORDER BY number";
    private const string Entries =
        "SELECT t.at, t.kind, t.actor_name, t.note FROM timeline t WHERE t.project_id = @projectId AND t.jurisdiction_id = @unit AND t.after_json LIKE @mark ORDER BY t.seq";
}
