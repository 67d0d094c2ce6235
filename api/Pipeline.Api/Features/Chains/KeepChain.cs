using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Chains;
using Pipeline.Store.Chains;

namespace Pipeline.Api.Features.Chains;

/// <summary>Draws up a chain, and changes who leads it (R133).</summary>
public static class KeepChain
{
    public sealed record Request
    {
        /// <summary>As projects name it in <c>chain</c>; no two are called alike.</summary>
        public string? Name { get; init; }

        /// <summary>The leader at its head.</summary>
        public string? LeaderId { get; init; }
        public string? DepartmentId { get; init; }

        /// <summary>The firms that lead it (链主).</summary>
        public IReadOnlyList<string>? Masters { get; init; }
        public string? Note { get; init; }

        /// <summary>Whether it is worked on; true without it.</summary>
        public bool? Active { get; init; }
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Name).Required().Line(100);
            RuleFor(request => request.LeaderId).RecordId();
            RuleFor(request => request.DepartmentId).RecordId();
            RuleFor(request => request.Masters).AtMost(50);
            RuleForEach(request => request.Masters).Cascade(CascadeMode.Continue).Required().Line(200);
            RuleFor(request => request.Note).Text(2000);
        }
    }

    public static async Task<IResult> Add(Call call, RuleBooks ruleBooks)
    {
        var body = await call.Body(Validation.Of<Validator>());
        return await call.Write(async session =>
        {
            if (body.Refusal is { } malformed)
                return malformed;
            var (caller, request) = (call.Caller, body.Value!);
            await session.Lock(LockName.Resources);
            if (await Unknown(session, request, "") is { } refused)
                return refused;
            var id = Ids.New();
            await Store(session, caller, id, request);
            return await ReadChains.Told(session, caller, ruleBooks, id, 201);
        });
    }

    /// <summary>Stores a chain that was checked. The caller holds the lock.</summary>
    internal static Task Store(Session session, Caller by, string id, Request request)
    {
        var values = Values(request);
        values.AddKeeper(session, by, id);
        values.Add("today", session.Today);
        return session.Execute(Insert, values);
    }

    public static async Task<IResult> Edit(string id, Call call, RuleBooks ruleBooks)
    {
        var body = await call.Patch();
        return await call.Write(async session =>
        {
            await session.Lock(LockName.Resources);
            if (await ChainRow.ById(session, id) is not { } row)
                return Refusal.NotFound;
            if (ETags.Check(call.Request, row.Version) is { } stale)
                return stale;
            if (body.Refusal is { } malformed)
                return malformed;
            var before = Facts(row);
            var merged = Call.Parse(
                Json.MergePatch(Json.Node(before), body.Value)!,
                Validation.Of<Validator>(),
                session.Today
            );
            if (merged.Refusal is { } wrong)
                return wrong;
            if (await Unknown(session, merged.Value!, id) is { } refused)
                return refused;
            session.Note(
                new AuditEntry("edit-chain")
                {
                    SubjectKind = "chain",
                    SubjectId = id,
                    Changes = AuditEntry.Between(Json.Node(before), Json.Node(merged.Value)),
                }
            );
            var values = Values(merged.Value!);
            values.AddChanged(session, id, row.Version);
            await session.ExecuteOnOne(Update, values);
            return await ReadChains.Told(session, call.Caller, ruleBooks, id);
        });
    }

    private static Request Facts(ChainRow row) =>
        new()
        {
            Name = row.Name,
            LeaderId = row.LeaderId,
            DepartmentId = row.DepartmentId,
            Masters = row.MasterList,
            Note = row.Note,
            Active = row.Active,
        };

    /// <summary>What names somebody or something that is not there, or a name that is taken.</summary>
    private static async Task<Refusal?> Unknown(Session session, Request request, string id)
    {
        if (request.LeaderId is { } leader && await Leaders.Unknown(session, [leader], "leaderId") is { } unknown)
            return Refusal.Invalid([.. unknown.Errors.Select(error => error with { Field = "leaderId" })]);
        if (
            request.DepartmentId is { } department
            && (
                await JurisdictionRow.ById(session, department) is not { Active: true } unit
                || Slug.To<JurisdictionKind>(unit.Kind) != JurisdictionKind.Department
            )
        )
            return Refusal.Invalid(new FieldError("departmentId", "unknown-department"));
        return await session.One<string>(SelectNamed, new { name = request.Name!.Trim(), id }) is null
            ? null
            : new Refusal(RefusalKind.Conflict, "chain-exists", request.Name!.Trim());
    }

    private static Parameters Values(Request request) =>
        new()
        {
            { "name", request.Name!.Trim() },
            { "leaderId", request.LeaderId },
            { "departmentId", request.DepartmentId },
            {
                "masters",
                request.Masters is { Count: > 0 } masters ? Json.Write(masters.Select(master => master.Trim())) : null
            },
            { "note", Texts.Trimmed(request.Note) },
            { "active", request.Active ?? true ? 1 : 0 },
        };

    private const string SelectNamed = "SELECT id FROM chains WHERE name = @name AND id <> @id";
    private const string Insert = """
        INSERT INTO chains (id, name, leader_id, department_id, masters, note, active, drawn_up_on, added_by, added_by_name, added_at, version, updated_at)
        VALUES (@id, @name, @leaderId, @departmentId, @masters, @note, @active, @today, @by, @byName, @now, 1, @now)
        """;
    private const string Update = """
        UPDATE chains SET name = @name, leader_id = @leaderId, department_id = @departmentId, masters = @masters, note = @note, active = @active, version = version + 1, updated_at = @now
        WHERE id = @id AND version = @version
        """;
}

/// <summary>Says that a chain was reviewed (R133): the department in charge, or a coordinator.</summary>
public static class ReviewChain
{
    public sealed record Request
    {
        /// <summary>Today without it; not in the future.</summary>
        public DateOnly? ReviewedOn { get; init; }
        public string? Note { get; init; }
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.ReviewedOn).PastDay();
            RuleFor(request => request.Note).Required().Text(2000);
        }
    }

    public static async Task<IResult> Handle(string id, Call call, RuleBooks ruleBooks)
    {
        var body = await call.Body(Validation.Of<Validator>());
        return await call.Write(async session =>
        {
            var caller = call.Caller;
            await session.Lock(LockName.Resources);
            if (await ChainRow.ById(session, id) is not { } row)
                return Refusal.NotFound;
            if (!Permissions.Allows(caller, Act.TendChains, row.RelationOf(caller)))
                return Refusal.Forbidden;
            if (body.Refusal is { } malformed)
                return malformed;
            var on = body.Value!.ReviewedOn ?? session.Today;
            await session.Execute(
                Insert,
                new
                {
                    reviewId = Ids.New(),
                    id,
                    on,
                    note = body.Value.Note!.Trim(),
                    by = caller.UserId,
                    byName = caller.DisplayName,
                    now = session.Now,
                }
            );
            await session.ExecuteOnOne(
                Update,
                new
                {
                    id,
                    last = row.ReviewedOn > on ? row.ReviewedOn.Value : on,
                    now = session.Now,
                }
            );
            return await ReadChains.Told(session, caller, ruleBooks, id, 201);
        });
    }

    private const string Insert = """
        INSERT INTO chain_reviews (id, chain_id, held_on, note, reviewed_by, reviewed_by_name, reviewed_at)
        VALUES (@reviewId, @id, @on, @note, @by, @byName, @now)
        """;
    private const string Update =
        "UPDATE chains SET reviewed_on = @last, version = version + 1, updated_at = @now WHERE id = @id";
}
