using Pipeline.Data;

namespace Pipeline.Store.Claims;

/// <summary>Projects whose claims could not be settled (R17). Each answers 503 by itself until it can be; everything else goes on.</summary>
public static class SettlementFailures
{
    private const int MostText = 400;

    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    /// <summary>Whether an error lies in the project's own records, not in the database or in somebody who was faster.</summary>
    public static bool IsOfTheProject(Exception error) =>
        error
            is not (
                DatabaseUnavailableException
                or ClockUnreliableException
                or LockTimeoutException
                or WriteConflictException
                or OperationCanceledException
            );

    /// <summary>Whether a project is left out of settlement at the moment.</summary>
    public static async Task<bool> IsSetAside(Session session, string projectId) =>
        await session.One<int?>(SelectAttempts, new { projectId }) is not null;

    /// <summary>Leaves a project out of settlement for a while: a minute at first, twice as long each time, at most an hour. The first time is recorded for the auditor.</summary>
    public static async Task SetAside(Session session, string projectId, Exception error)
    {
        await session.Lock(LockName.Project(projectId));
        var attempts = await session.One<int?>(SelectAttempts, new { projectId }) ?? 0;
        var wait = TimeSpan.FromMinutes(Math.Pow(2, Math.Min(attempts, 10)));
        var cause = error.GetBaseException();
        var text = $"{cause.GetType().Name}: {cause.Message}";
        var values = new
        {
            projectId,
            now = session.Now,
            retryAt = session.Now + (wait < LongestWait ? wait : LongestWait),
            error = text.Length <= MostText ? text : text[..MostText],
        };
        if (attempts > 0)
        {
            await session.Execute(Again, values);
            return;
        }

        await session.Execute(First, values);
        session.Note(
            new AuditEntry("settlement-failed")
            {
                Outcome = AuditOutcome.Failed,
                SubjectKind = "project",
                SubjectId = projectId,
                ProjectId = projectId,
                Reason = values.error,
            }
        );
    }

    private const string SelectAttempts = "SELECT attempts FROM settlement_failures WHERE project_id = @projectId";
    private const string First =
        "INSERT INTO settlement_failures (project_id, failed_at, retry_at, attempts, error) VALUES (@projectId, @now, @retryAt, 1, @error)";
    private const string Again =
        "UPDATE settlement_failures SET retry_at = @retryAt, attempts = attempts + 1, error = @error WHERE project_id = @projectId";
}
