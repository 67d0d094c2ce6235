using Pipeline.Data;
using Pipeline.Domain.Projects;

namespace Pipeline.Store.Projects;

/// <summary>The history of stages by day: what lists and totals of a past day are made from.</summary>
public static class StageSpans
{
    /// <summary>Leaves the present stage and enters another on a day, never before the present one was entered.</summary>
    public static async Task Enter(Session session, string projectId, Stage stage, DateOnly on)
    {
        var open = await session.One<OpenSpan>(SelectOpen, new { projectId });
        var day = open is null || open.EnteredOn < on ? on : open.EnteredOn;
        if (open is not null)
            await session.Execute(Close, new { seq = open.Seq, on = day });
        await session.Execute(
            Insert,
            new
            {
                projectId,
                stage = Slug.Of(stage),
                on = day,
            }
        );
    }

    private sealed class OpenSpan
    {
        public long Seq { get; init; }
        public DateOnly EnteredOn { get; init; }
    }

    private const string SelectOpen =
        "SELECT seq, entered_on FROM stage_spans WHERE project_id = @projectId AND left_on IS NULL";
    private const string Close = "UPDATE stage_spans SET left_on = @on WHERE seq = @seq";
    private const string Insert =
        "INSERT INTO stage_spans (project_id, stage, entered_on) VALUES (@projectId, @stage, @on)";
}
