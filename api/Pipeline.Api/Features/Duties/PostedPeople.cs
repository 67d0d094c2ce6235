using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;

namespace Pipeline.Api.Features.Duties;

/// <summary>Who heads a unit, with the name that belongs to the account.</summary>
public sealed record UnitHeadView(PersonRef Leader, DateOnly From, DateOnly? To);

/// <summary>The people of a unit as they were last stated (R117).</summary>
public sealed record PostedPeopleView
{
    public required UnitRef Unit { get; init; }
    public required IReadOnlyList<UnitHeadView> Heads { get; init; }
    public required IReadOnlyList<UnitOfficer> Officers { get; init; }

    /// <summary>Absent as long as nobody stated any.</summary>
    public PersonRef? StatedBy { get; init; }
    public DateTimeOffset? StatedAt { get; init; }
    public required IReadOnlyList<string> AllowedActions { get; init; }

    /// <summary>0: nobody stated any.</summary>
    public required long Version { get; init; }
}

/// <summary>States who heads a unit and who works in investment promotion for it (R117). Each statement is a version; who left stays with the last day.</summary>
public static class PostedPeople
{
    public const int MostHeads = 20,
        MostOfficers = 500;

    public sealed record Request
    {
        public IReadOnlyList<UnitHead>? Heads { get; init; }
        public IReadOnlyList<UnitOfficer>? Officers { get; init; }
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Heads)
                .Must(heads => heads is null || heads.Count <= MostHeads)
                .Coded("count", MostHeads);
            RuleFor(request => request.Officers)
                .NotNull()
                .Coded("required")
                .Must(officers => officers is null || officers.Count <= MostOfficers)
                .Coded("count", MostOfficers);
            RuleForEach(request => request.Heads)
                .Cascade(CascadeMode.Continue)
                .NotNull()
                .Coded("required")
                .ChildRules(head =>
                {
                    head.RuleFor(one => one.LeaderId).Required().RecordId();
                    head.RuleFor(one => one.From).NotNull().Coded("required");
                    head.RuleFor(one => one.From).PastDay();
                    head.RuleFor(one => one.To).Day();
                    head.RuleFor(one => one.To)
                        .Must((one, to) => to is null || one.From is null || to >= one.From)
                        .WithErrorCode("before-from")
                        .WithState(one => new object[] { one.From! });
                });
            RuleForEach(request => request.Officers)
                .Cascade(CascadeMode.Continue)
                .NotNull()
                .Coded("required")
                .ChildRules(officer =>
                {
                    officer.RuleFor(one => one.Name).Required().Line(100);
                    officer.RuleFor(one => one.PostedTo).Line(100);
                    officer.RuleFor(one => one.From).PastDay();
                    officer.RuleFor(one => one.To).Day();
                    officer
                        .RuleFor(one => one.To)
                        .Must((one, to) => to is null || one.From is null || to >= one.From)
                        .WithErrorCode("before-from")
                        .WithState(one => new object[] { one.From! });
                });
        }
    }

    public static Task<IResult> Read(string id, Call call) =>
        call.Read<IResult>(async session =>
            await Find(session, call.Caller, Act.ReadDuties, id) is { } unit
                ? await Answer(session, call.Caller, unit)
                : (Reply)Refusal.NotFound
        );

    public static async Task<IResult> Put(string id, Call call)
    {
        var body = await call.Body(Validation.Of<Validator>());
        return await call.Write(async session =>
        {
            await session.Lock(LockName.Assessment);
            if (await Find(session, call.Caller, Act.ReadDuties, id) is not { } unit)
                return Refusal.NotFound;
            if (!Permissions.Allows(call.Caller, Act.StatePostedPeople, RelationTo(call.Caller, id)))
                return Refusal.Forbidden;
            var before = await PostedPeopleRow.Of(session, id);
            if (ETags.Check(call.Request, before?.Version ?? 0) is { } stale)
                return stale;
            if (body.Refusal is { } malformed)
                return malformed;
            var people = new UnitPeople
            {
                Heads = body.Value!.Heads ?? [],
                Officers =
                [
                    .. body.Value.Officers!.Select(one =>
                        one with
                        {
                            Name = one.Name!.Trim(),
                            PostedTo = Texts.Trimmed(one.PostedTo),
                        }
                    ),
                ],
            };
            var leaders = await Names(session, people);
            List<FieldError> strangers =
            [
                .. people
                    .Heads.Index()
                    .Where(one => !leaders.ContainsKey(one.Item.LeaderId!))
                    .Select(one => new FieldError($"heads[{one.Index}].leaderId", "no-such-leader")),
            ];
            if (strangers.Count > 0)
                return Refusal.Invalid([.. strangers]);
            await PostedPeopleRow.Add(session, call.Caller, id, (before?.Version ?? 0) + 1, people);
            session.Note(
                new AuditEntry("posted-people-stated")
                {
                    SubjectKind = "jurisdiction",
                    SubjectId = id,
                    Changes = AuditEntry.Between(before is null ? null : Json.Node(before.People), Json.Node(people)),
                }
            );
            return await Answer(session, call.Caller, unit);
        });
    }

    /// <summary>How a caller stands to what is stated of a unit: its own, or the city's.</summary>
    private static Relations RelationTo(Caller caller, string unitId) =>
        Permissions.ReadsCity(caller) ? Relations.City
        : caller.Unit == unitId ? Relations.Own
        : Relations.None;

    /// <summary>A unit that owes duties, as far as its people exist for the caller.</summary>
    private static async Task<JurisdictionRow?> Find(Session session, Caller caller, Act act, string id) =>
        Permissions.Allows(caller, act, RelationTo(caller, id))
        && await JurisdictionRow.ById(session, id) is { Reports: true } unit
            ? unit
            : null;

    private static async Task<Reply> Answer(Session session, Caller caller, JurisdictionRow unit)
    {
        var row = await PostedPeopleRow.Of(session, unit.Id);
        var people = row?.People ?? new UnitPeople();
        var leaders = await Names(session, people);
        var version = row?.Version ?? 0;
        return Reply.Resource(
            new PostedPeopleView
            {
                Unit = new UnitRef(unit.Id, unit.Name),
                Heads =
                [
                    .. people.Heads.Select(head => new UnitHeadView(
                        new PersonRef(head.LeaderId!, leaders.GetValueOrDefault(head.LeaderId!) ?? ""),
                        head.From!.Value,
                        head.To
                    )),
                ],
                Officers = people.Officers,
                StatedBy = row is null ? null : new PersonRef(row.StatedBy, row.StatedByName),
                StatedAt = row?.StatedAt,
                AllowedActions = Permissions.Allows(caller, Act.StatePostedPeople, RelationTo(caller, unit.Id))
                    ? ["state"]
                    : [],
                Version = version,
            },
            version
        );
    }

    /// <summary>The leaders among the heads, with their names; who has left is one still.</summary>
    private static async Task<Dictionary<string, string>> Names(Session session, UnitPeople people)
    {
        var ids = people.Heads.Select(head => head.LeaderId!).Distinct().ToList();
        return ids.Count == 0
            ? []
            : (await session.Query<PersonRef>(SelectLeaders, new { ids })).ToDictionary(
                one => one.Id,
                one => one.Name,
                StringComparer.Ordinal
            );
    }

    private const string SelectLeaders =
        "SELECT id AS Id, display_name AS Name FROM users WHERE id IN @ids AND role = 'leader'";
}
