using Pipeline.Api.Workers;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Changes;
using Pipeline.Domain.Projects;
using Pipeline.Store.Changes;

namespace Pipeline.Api.Features.Changes;

/// <summary>Tells the feed what time alone has brought about: lights that turned, and problems that are overdue. Each is told once, with the instant at which it became true, however late it is noticed.</summary>
public sealed class TellTurns(Database database, WorkerParts parts) : TimedWorker(TimeSpan.FromMinutes(1), parts)
{
    private const int Batch = 200;

    protected override async Task<bool> RunRound(CancellationToken stopping)
    {
        await Run(stopping);
        return true;
    }

    public async Task Run(CancellationToken cancel = default)
    {
        foreach (var some in new Func<Session, int, Task<bool>>[] { Lights, Overdue })
            await database.WorkThrough(Batch, some, cancel);
    }

    private static async Task<bool> Lights(Session session, int limit)
    {
        if ((await Turned(session, 1)).Count == 0)
            return false;

        // Whoever changes a project holds its lock, or this one: what is read now stays so.
        await session.Lock(LockName.Intake);
        var turned = await Turned(session, limit);
        foreach (var project in turned)
        {
            var days = new LightDays(project.YellowOn, project.RedOn, null);
            foreach (var (light, on) in LightTurns.Until(days, Slug.To<Light>(project.LightTold), session.Today))
                ChangeNotes.Of(session).Add(ChangeSubscriber.OfLight(project.Id, light, Shanghai.StartOf(on)));
            await session.Execute(SetTold, new { id = project.Id, light = Slug.Of(days.On(session.Today)) });
        }

        return Told(session, turned.Count, limit);
    }

    /// <summary>Projects whose light is not what was told last.</summary>
    private static async Task<List<Lit>> Turned(Session session, int limit)
    {
        var yellow = await session.Query<Lit>(
            $"{Yellow} ORDER BY yellow_on {{page}}",
            new { today = session.Today, limit }
        );
        return yellow.Count > 0
            ? yellow
            : await session.Query<Lit>($"{Red} ORDER BY red_on {{page}}", new { today = session.Today, limit });
    }

    private static async Task<bool> Overdue(Session session, int limit)
    {
        var asked = new { today = session.Today, limit };
        if ((await session.Query<Late>(SelectOverdue, asked)).Count == 0)
            return false;
        await session.Lock(LockName.Intake);
        var late = await session.Query<Late>(SelectOverdue, asked);
        foreach (var problem in late)
        {
            await session.Lock(LockName.Project(problem.ProjectId));
            await session.Execute(SetOverdue, new { id = problem.Id, dueOn = problem.DueOn });
            ChangeNotes
                .Of(session)
                .Add(
                    ChangeSubscriber.Problem(
                        ChangeTypes.ProblemOverdue,
                        (await ProblemRow.ById(session, problem.Id))!,
                        null
                    ) with
                    {
                        At = Shanghai.StartOf(problem.DueOn.AddDays(1)),
                    }
                );
        }

        return Told(session, late.Count, limit);
    }

    /// <summary>One entry of the trail for all that are told together; whether there may be more.</summary>
    private static bool Told(Session session, int count, int limit)
    {
        if (count > 0)
            session.Note(new AuditEntry("turns-told"));
        return count >= limit;
    }

    private sealed class Lit
    {
        public required string Id { get; init; }
        public DateOnly? YellowOn { get; init; }
        public DateOnly? RedOn { get; init; }
        public required string LightTold { get; init; }
    }

    private sealed class Late
    {
        public required string Id { get; init; }
        public required string ProjectId { get; init; }
        public DateOnly DueOn { get; init; }
    }

    private const string Yellow =
        "SELECT id, yellow_on, red_on, light_told FROM projects WHERE light_told = 'green' AND yellow_on <= @today";
    private const string Red =
        "SELECT id, yellow_on, red_on, light_told FROM projects WHERE light_told <> 'red' AND red_on <= @today";
    private const string SetTold = "UPDATE projects SET light_told = @light WHERE id = @id";

    private const string SelectOverdue = """
        SELECT b.id, b.project_id, b.due_on FROM problems b
        WHERE b.status <> 'closed' AND b.due_on < @today AND (b.overdue_told IS NULL OR b.overdue_told <> b.due_on)
        ORDER BY b.due_on, b.seq {page}
        """;
    private const string SetOverdue = "UPDATE problems SET overdue_told = @dueOn WHERE id = @id";
}
