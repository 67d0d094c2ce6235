using Pipeline.Data;

namespace Pipeline.Store.Disputes;

/// <summary>A step in the course of a claim or a dispute: what happened, when, by whom, and the reason given.</summary>
public sealed record CourseStep
{
    public required DateTimeOffset At { get; init; }

    /// <summary>What happened, in the words of the timeline.</summary>
    public required EntryKind Kind { get; init; }

    /// <summary>Who did it; absent where it came about by the rules alone.</summary>
    public string? By { get; init; }
    public string? Note { get; init; }

    /// <summary>What is lacking, of a report that was returned.</summary>
    public IReadOnlyList<string>? Missing { get; init; }

    /// <summary>Until when what came of it lasts.</summary>
    public DateTimeOffset? Until { get; init; }
}

/// <summary>What happened, step by step.</summary>
public sealed record CourseView(IReadOnlyList<CourseStep> Items);

/// <summary>The steps of a dispute, as far as a caller may read of it (R23).</summary>
public static class DisputeCourse
{
    /// <summary>What was said and decided.</summary>
    public static IEnumerable<CourseStep> Said(DisputeView view)
    {
        (EntryKind Kind, DateTimeOffset? At, PersonRef? By, string? Note)[] steps =
        [
            (EntryKind.DisputeFiled, view.FiledAt, view.FiledBy, view.Grounds),
            (EntryKind.DisputeAnswered, view.AnsweredAt, view.AnsweredBy, view.Answer),
            (EntryKind.DisputeDecided, view.DecidedAt, view.DecidedBy, view.Reason),
            (EntryKind.DisputeAppealed, view.AppealedAt, null, view.AppealGrounds),
            (EntryKind.DisputeDecided, view.FinalAt, view.FinalBy, view.FinalReason),
        ];
        return steps
            .Where(step => step.At is not null)
            .Select(step => new CourseStep
            {
                At = step.At!.Value,
                Kind = step.Kind,
                By = step.By?.Name,
                Note = step.Note,
            });
    }

    /// <summary>All of it: also that the contested window stood still and ran again, and that it was withdrawn, of which a unit reads what concerns it.</summary>
    public static async Task<IReadOnlyList<CourseStep>> Of(Session session, Caller caller, DisputeRow dispute)
    {
        var view = dispute.View(caller, session.Now, await WorkCalendars.Load(session));
        var told = dispute.ProjectId is { } projectId
            ? await session.Query<EntryRow>(
                Permissions.ReadsCity(caller) ? OfAll : OfUnit,
                new
                {
                    projectId,
                    unit = caller.Unit ?? "",
                    mark = $"%\"disputeId\":\"{dispute.Id}\"%",
                }
            )
            : [];
        return
        [
            .. Said(view)
                .Concat(
                    told.DistinctBy(row => (row.At, row.Kind))
                        .Select(row => new CourseStep
                        {
                            At = row.At,
                            Kind = Slug.To<EntryKind>(row.Kind),
                            By = row.ActorName,
                            Note = row.Note,
                        })
                )
                .OrderBy(step => step.At),
        ];
    }

    private sealed class EntryRow
    {
        public DateTimeOffset At { get; init; }
        public required string Kind { get; init; }
        public string? ActorName { get; init; }
        public string? Note { get; init; }
    }

    private const string Entries =
        "SELECT t.at, t.kind, t.actor_name, t.note FROM timeline t WHERE t.project_id = @projectId AND t.kind IN ('claim-suspended', 'claim-resumed', 'dispute-withdrawn') AND t.after_json LIKE @mark";
    private const string OfAll = $"{Entries} ORDER BY CASE WHEN t.actor_name IS NULL THEN 1 ELSE 0 END, t.seq";
    private const string OfUnit = $"{Entries} AND t.jurisdiction_id = @unit ORDER BY t.seq";
}
