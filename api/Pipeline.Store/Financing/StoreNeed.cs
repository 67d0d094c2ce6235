using FluentValidation;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Financing;
using Pipeline.Domain.Libraries;
using Pipeline.Store.Jurisdictions;
using Pipeline.Store.Projects;

namespace Pipeline.Store.Financing;

public sealed record NeedBody
{
    /// <summary>The unit whose need it is: the caller's own; of a project its owner; for the centre to say.</summary>
    public string? JurisdictionId { get; init; }

    /// <summary>The project in need; or else the enterprise.</summary>
    public string? ProjectId { get; init; }
    public string? Enterprise { get; init; }
    public NeedKind? Kind { get; init; }

    /// <summary>The stage of the enterprise.</summary>
    public FundStage? Stage { get; init; }

    /// <summary>The chain it belongs to, as projects name it.</summary>
    public string? Chain { get; init; }
    public Money? Amount { get; init; }
    public DateOnly? ValidUntil { get; init; }
    public string? Note { get; init; }
}

public sealed class NeedBodyRules : AbstractValidator<NeedBody>
{
    public NeedBodyRules()
    {
        RuleFor(request => request.JurisdictionId).RecordId();
        RuleFor(request => request.ProjectId).RecordId();
        RuleFor(request => request.Enterprise)
            .Line(200)
            .Must((request, name) => string.IsNullOrWhiteSpace(name) != (request.ProjectId is null))
            .Coded("project-or-enterprise");
        RuleFor(request => request.Kind).NotNull().Coded("required");
        RuleFor(request => request.Chain).Line(100);
        RuleFor(request => request.Amount).NotNull().Coded("required");
        RuleFor(request => request.Amount)
            .Amount()
            .Must(amount => amount is null || amount.Value.Amount > 0)
            .Coded("amount");
        RuleFor(request => request.ValidUntil).Day();
        RuleFor(request => request.Note).Text(2000);
    }
}

/// <summary>Puts needs of financing on record, and changes them (R135). The caller holds the lock of the resources.</summary>
public static class StoreNeed
{
    /// <summary>Stores a new need that was checked.</summary>
    /// <returns>Its id.</returns>
    public static async Task<string> Add(Session session, Caller by, string unit, NeedBody request)
    {
        var id = Ids.New();
        var values = Values(request);
        values.AddKeeper(session, by, id);
        values.Add("unit", unit);
        values.Add("projectId", request.ProjectId);
        values.Add("today", session.Today);
        await session.Execute(Insert, values);
        return id;
    }

    /// <summary>Stores changed facts of a need.</summary>
    public static Task Change(Session session, NeedRow row, NeedBody request)
    {
        var values = Values(request);
        values.AddChanged(session, row.Id, row.Version);
        return session.ExecuteOnOne(Update, values);
    }

    /// <summary>Ends that a need is kept up.</summary>
    public static Task Retire(Session session, NeedRow row, string reason) =>
        session.ExecuteOnOne(
            SetRetired,
            new
            {
                id = row.Id,
                reason,
                now = session.Now,
                version = row.Version,
            }
        );

    /// <summary>A need of the same project or enterprise for the same kind and amount of money that is kept up; null: there is none.</summary>
    public static async Task<NeedRow?> FindSame(Session session, Caller caller, string unit, NeedBody request)
    {
        var enterprise = request.Enterprise is { } name ? SearchText.Of(name) : null;
        var rows = await session.Query<NeedRow>(
            $"{NeedRow.Select} WHERE n.unit_id = @unit AND n.retire_reason IS NULL AND {NeedRow.VisibleTo(caller)} ORDER BY n.seq",
            new
            {
                unit,
                mine = caller.Unit ?? "",
                me = caller.UserId,
            }
        );
        return rows.FirstOrDefault(row =>
            row.ProjectId == request.ProjectId
            && (row.Enterprise is null ? null : SearchText.Of(row.Enterprise)) == enterprise
            && Slug.To<NeedKind>(row.Kind) == request.Kind
            && row.Needed == request.Amount
        );
    }

    /// <summary>The unit whose need it is: of a project its owner, which the caller must be, or the centre.</summary>
    public static async Task<Result<string>> UnitOf(Session session, Caller caller, NeedBody request)
    {
        if (request.ProjectId is not { } projectId)
            return await KeeperUnit.Of(session, caller, request.JurisdictionId);
        if (
            await LoadProject.For(session, caller, projectId) is not { } project
            || !Permissions.Allows(caller, Act.ManageNeeds, project.RelationOf(caller))
        )
            return Refusal.NotFound;
        return request.JurisdictionId is null || request.JurisdictionId == project.OwnerId
            ? project.OwnerId
            : Refusal.Invalid(new FieldError("jurisdictionId", "of-its-owner"));
    }

    /// <summary>The facts of a need as they were stated.</summary>
    public static NeedBody FactsOf(NeedRow row) =>
        new()
        {
            JurisdictionId = row.UnitId,
            ProjectId = row.ProjectId,
            Enterprise = row.Enterprise,
            Kind = Slug.To<NeedKind>(row.Kind),
            Stage = row.At,
            Chain = row.Chain,
            Amount = row.Needed,
            ValidUntil = row.ValidUntilOn,
            Note = row.Note,
        };

    private static Parameters Values(NeedBody request) =>
        new()
        {
            { "enterprise", Texts.Trimmed(request.Enterprise) },
            { "kind", Slug.Of(request.Kind!.Value) },
            { "stage", request.Stage is { } stage ? Slug.Of(stage) : null },
            { "chain", Texts.Trimmed(request.Chain) },
            { "amount", request.Amount!.Value.Hundredths },
            { "currency", request.Amount.Value.Currency },
            { "validUntil", request.ValidUntil },
            { "note", Texts.Trimmed(request.Note) },
        };

    private const string Insert = """
        INSERT INTO financing_needs (id, unit_id, project_id, enterprise, kind, stage, chain, amount, currency, valid_until_on, note, added_on, added_by, added_by_name, added_at, version, updated_at)
        VALUES (@id, @unit, @projectId, @enterprise, @kind, @stage, @chain, @amount, @currency, @validUntil, @note, @today, @by, @byName, @now, 1, @now)
        """;

    private const string SetRetired =
        "UPDATE financing_needs SET retire_reason = @reason, version = version + 1, updated_at = @now WHERE id = @id AND version = @version";
    private const string Update = """
        UPDATE financing_needs SET enterprise = @enterprise, kind = @kind, stage = @stage, chain = @chain, amount = @amount, currency = @currency, valid_until_on = @validUntil, note = @note,
          version = version + 1, updated_at = @now
        WHERE id = @id AND version = @version
        """;
}
