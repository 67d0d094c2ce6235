using Pipeline.Data;
using Pipeline.Domain;

namespace Pipeline.Store.Capital;

/// <summary>What statistics have said of a year.</summary>
public sealed record StatedInvestment(Money Amount, string Source);

/// <summary>Records a year's fixed-asset investment of a project as statistics have it (R65).</summary>
public static class RecordInvestment
{
    public const int FirstYear = 1980;

    /// <summary>Stores the amount, instead of the one that was there, and tells of it on the timeline.</summary>
    public static async Task Store(
        Session session,
        Caller caller,
        ProjectRow project,
        int year,
        Money amount,
        string source,
        Money? before,
        string ruleSetId
    )
    {
        var values = new
        {
            id = project.Id,
            year,
            amount = amount.Hundredths,
            currency = amount.Currency,
            source,
            by = caller.UserId,
            byName = caller.DisplayName,
            now = session.Now,
            ruleSetId,
            recorded = Slug.Of(EntryKind.InvestmentRecorded),
        };
        if (await session.Execute(Update, values) == 0)
            await session.Execute(Insert, values);
        Timeline.Add(
            session,
            project.Id,
            EntryKind.InvestmentRecorded,
            caller,
            project.OwnerId,
            note: source,
            before: before is null ? null : new { amount = before },
            after: new { year, amount }
        );
        await StoreProject.Touch(session, project.Id, publicly: false);
        await session.Raise(new FixedInvestmentRecorded(project.Id, year));
    }

    /// <summary>Takes the last account of a year back as one that never was: the one before stands again, or nothing is known.</summary>
    public static async Task TakeBack(
        Session session,
        Caller caller,
        ProjectRow project,
        int year,
        Money said,
        StatedInvestment? before,
        string reason,
        string ruleSetId
    )
    {
        if (before is not null)
        {
            await Store(session, caller, project, year, before.Amount, before.Source, said, ruleSetId);
            return;
        }

        await session.ExecuteOnOne(Delete, new { id = project.Id, year });
        Timeline.Add(
            session,
            project.Id,
            EntryKind.InvestmentRecorded,
            caller,
            project.OwnerId,
            note: reason,
            before: new { amount = said },
            after: new { year }
        );
        await StoreProject.Touch(session, project.Id, publicly: false);
        await session.Raise(new FixedInvestmentRecorded(project.Id, year));
    }

    private const string Delete = "DELETE FROM fixed_investments WHERE project_id = @id AND year = @year";
    private const string Update = """
        UPDATE fixed_investments SET amount = @amount, currency = @currency, source = @source, recorded_by = @by, recorded_by_name = @byName, recorded_at = @now, version = version + 1
        WHERE project_id = @id AND year = @year
        """;

    // A year that was taken back begins above every version that it had: whoever read one of those must not write over this.
    private const string Insert = """
        INSERT INTO fixed_investments (project_id, year, amount, currency, source, recorded_by, recorded_by_name, recorded_at, rule_set_id, version)
        SELECT @id, @year, @amount, @currency, @source, @by, @byName, @now, @ruleSetId, 1 + COUNT(*)
        FROM timeline WHERE project_id = @id AND kind = @recorded
        """;
}
