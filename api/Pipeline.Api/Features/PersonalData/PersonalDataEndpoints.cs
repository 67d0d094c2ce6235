using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Api.Http.Access;
using Pipeline.Data;
using Pipeline.Domain.Projects;
using Pipeline.Store.OfficeLeads;

namespace Pipeline.Api.Features.PersonalData;

public static class PersonalDataEndpoints
{
    public static void MapPersonalData(this IEndpointRouteBuilder api)
    {
        var people = api.MapGroup("/personal-data")
            .Tagged("Personal data", "What is kept about a person, told and erased on request.");
        people
            .MapPost("/export", ExportPerson.Handle)
            .WithName("exportPersonalData")
            .WithSummary("Export what is kept about a person")
            .Allows(Act.ManagePersonalData)
            .StoresNothing()
            .Takes<ExportPerson.Request>()
            .Answers<ExportPerson.Response>()
            .Refuses(400);
        people
            .MapPost("/erase", ErasePerson.Handle)
            .WithName("erasePersonalData")
            .WithSummary("Erase what is kept about a person")
            .Allows(Act.ManagePersonalData)
            .Takes<ErasePerson.Request>()
            .Answers<ErasePerson.Response>()
            .Refuses(400);
    }
}

/// <summary>A record in which a person appears.</summary>
/// <param name="Kind">`project`, `claim`, `entry`: of a library, or `user`: the address an account gave for notices.</param>
/// <param name="Jurisdiction">Null for an account without a unit, and an entry that the centre keeps.</param>
public sealed record PersonRecord(
    string Kind,
    string Id,
    string Name,
    [property: System.Text.Json.Serialization.JsonIgnore(
        Condition = System.Text.Json.Serialization.JsonIgnoreCondition.Never
    )]
        UnitRef? Jurisdiction,
    IReadOnlyList<PersonBody> Contacts,
    string? Referrer
);

/// <summary>Everything kept about one contact person, found by name, telephone number or e-mail address.</summary>
public static class ExportPerson
{
    public sealed record Request
    {
        /// <summary>A name, telephone number or e-mail address, in full.</summary>
        public string? Value { get; init; }
    }

    public sealed record Response(DateTimeOffset At, IReadOnlyList<PersonRecord> Items);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator() =>
            RuleFor(request => request.Value)
                .Required()
                .Line(200)
                .Must(value => PersonMarks.Key(value).Length > 0)
                .Coded("characters");
    }

    public static async Task<IResult> Handle(Call call)
    {
        var body = await call.Body(Validation.Of<Validator>());
        return body.Refusal is { } malformed
            ? (Reply)malformed
            : await call.Read<IResult>(async session =>
            {
                session.Note(new AuditEntry("personal-data-exported") { Outcome = AuditOutcome.Read });
                var found = await Find(session, PersonMarks.Key(body.Value!.Value));
                await SecretReads.Note(session, Ids(PersonMarks.Project), Ids(PersonMarks.Claim));
                return Reply.Plain(new Response(session.Now, found));

                IEnumerable<string> Ids(string kind) =>
                    found.Where(record => record.Kind == kind).Select(record => record.Id);
            });
    }

    internal static async Task<List<PersonRecord>> Find(Session session, string key)
    {
        var records = new List<PersonRecord>();
        foreach (var row in await session.Query<Row>(Select, new { mark = session.Vault.MarkOf(key) }))
        {
            var people = row.Kind switch
            {
                PersonMarks.Claim => OfClaim(Json.Read<ClaimPeople>(session.Vault.Open(row.Stored))),
                PersonMarks.User => new PersonalFacts
                {
                    Contacts = [new PersonBody { Name = row.Name, Email = session.Vault.Open(row.Stored) }],
                },
                _ => PersonalFacts.Open(session, row.Stored),
            };
            records.Add(
                new PersonRecord(
                    row.Kind,
                    row.Id,
                    row.Name,
                    row.UnitId is null ? null : new UnitRef(row.UnitId, row.UnitName!),
                    [.. people.Contacts.Where(person => Is(person, key))],
                    PersonMarks.Key(people.Referrer) == key ? people.Referrer : null
                )
            );
        }

        return records;
    }

    internal static bool Is(PersonBody person, string key) =>
        new[] { person.Name, person.Phone, person.Email }.Any(value => PersonMarks.Key(value) == key);

    internal static PersonalFacts OfClaim(ClaimPeople people) =>
        new() { Contacts = people.People, Referrer = people.Referrer };

    private sealed class Row
    {
        public required string Kind { get; init; }
        public required string Id { get; init; }
        public required string Name { get; init; }
        public string? UnitId { get; init; }
        public string? UnitName { get; init; }
        public required string Stored { get; init; }
    }

    private const string Select = $"""
        SELECT 'project' AS kind, p.id, p.name, p.owner_id AS unit_id, j.name AS unit_name, p.contacts AS stored
        FROM person_marks m JOIN projects p ON p.id = m.subject_id JOIN jurisdictions j ON j.id = p.owner_id
        WHERE m.mark = @mark AND m.subject_kind = 'project'
        UNION ALL
        SELECT 'claim' AS kind, c.id, {ClaimRow.NameSql} AS name, c.jurisdiction_id AS unit_id, j.name AS unit_name, c.contacts AS stored
        FROM person_marks m JOIN claims c ON c.id = m.subject_id JOIN jurisdictions j ON j.id = c.jurisdiction_id
        WHERE m.mark = @mark AND m.subject_kind = 'claim'
        UNION ALL
        SELECT 'lead' AS kind, l.id, l.title AS name, l.office_id AS unit_id, j.name AS unit_name, l.contacts AS stored
        FROM person_marks m JOIN office_leads l ON l.id = m.subject_id JOIN jurisdictions j ON j.id = l.office_id
        WHERE m.mark = @mark AND m.subject_kind = 'lead'
        UNION ALL
        SELECT 'entry' AS kind, e.id, e.name, e.keeper_id AS unit_id, j.name AS unit_name, e.contacts AS stored
        FROM person_marks m JOIN library_entries e ON e.id = m.subject_id LEFT JOIN jurisdictions j ON j.id = e.keeper_id
        WHERE m.mark = @mark AND m.subject_kind = 'entry'
        UNION ALL
        SELECT 'user' AS kind, u.id, u.display_name AS name, u.jurisdiction_id AS unit_id, j.name AS unit_name, s.address AS stored
        FROM person_marks m JOIN users u ON u.id = m.subject_id JOIN notice_settings s ON s.user_id = u.id LEFT JOIN jurisdictions j ON j.id = u.jurisdiction_id
        WHERE m.mark = @mark AND m.subject_kind = 'user' AND s.address IS NOT NULL
        """;
}

/// <summary>Erases a contact person from projects, claims, leads, libraries and what former owners keep. The records stay, and the receipts still verify: they hold salted hashes only.</summary>
public static class ErasePerson
{
    public sealed record Request
    {
        /// <summary>A name, telephone number or e-mail address, in full.</summary>
        public string? Value { get; init; }
        public string? Reason { get; init; }

        /// <summary>Only from these projects, claims, leads and entries of libraries, by id; without it from all.</summary>
        public IReadOnlyList<string>? Records { get; init; }
    }

    public sealed record Response(int Records, int Persons);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Value)
                .Required()
                .Line(200)
                .Must(value => PersonMarks.Key(value).Length > 0)
                .Coded("characters");
            RuleFor(request => request.Reason).Required().Text(2000);
            RuleFor(request => request.Records).RecordIds(1000);
        }
    }

    public static async Task<IResult> Handle(Call call)
    {
        var body = await call.Body(Validation.Of<Validator>());
        return await call.Write(async session =>
        {
            if (body.Refusal is { } malformed)
                return malformed;
            var request = body.Value!;
            var key = PersonMarks.Key(request.Value);
            await session.Lock(LockName.Intake);
            var records = (await ExportPerson.Find(session, key))
                .Where(record => request.Records is null || request.Records.Contains(record.Id))
                .OrderBy(record => record.Kind == PersonMarks.LibraryEntry) // the lock of the libraries comes last
                .ToList();
            if (call.ValidateOnly)
                return Reply.NothingStored with
                {
                    Dry = new DryRun(true, Matching.NotRun) { Records = records.Count, Persons = records.Sum(Persons) },
                };
            foreach (var record in records)
            {
                var projectId = record.Kind switch
                {
                    PersonMarks.Project => await FromProject(session, record.Id, key),
                    PersonMarks.Claim => await FromClaim(session, record.Id, key),
                    PersonMarks.OfficeLead => await FromLead(session, record.Id, key),
                    PersonMarks.LibraryEntry => await FromLibrary(session, record.Id, key),
                    _ => await FromSettings(session, record.Id),
                };
                session.Note(
                    new AuditEntry("personal-data-erased")
                    {
                        SubjectKind = record.Kind,
                        SubjectId = record.Id,
                        ProjectId = projectId,
                        Reason = request.Reason,
                    }
                );
                if (record.Kind is PersonMarks.Project or PersonMarks.Claim)
                    await session.Raise(
                        new PersonErased(
                            record.Kind == PersonMarks.Claim,
                            record.Id,
                            record.Jurisdiction!.Id,
                            projectId
                        )
                    );
            }

            // Kept answers may tell of a person whom no record knows any more: they go whatever was found.
            await session.Execute(ForgetReplays, new { mark = session.Vault.MarkOf(key) });
            return Reply.Plain(new Response(records.Count, records.Sum(Persons)));
        });
    }

    private static int Persons(PersonRecord record) => record.Contacts.Count + (record.Referrer is null ? 0 : 1);

    private static async Task<string?> FromProject(Session session, string id, string key)
    {
        await session.Lock(LockName.Project(id));
        var left = Without(PersonalFacts.Open(session, (await session.One<string>(ProjectPeople, new { id }))!), key);
        await session.Execute(SetProjectPeople, new { id, contacts = left.Seal(session) });
        PersonMarks.Set(session, PersonMarks.Project, id, left.Contacts, left.Referrer);
        foreach (var row in await session.Query<SnapshotRow>(Snapshots, new { id }))
        {
            var snapshot = Json.Read<ProjectView>(session.Vault.Open(row.Snapshot));
            var kept = Without(
                new PersonalFacts { Contacts = snapshot.Contacts ?? [], Referrer = snapshot.Referrer },
                key
            );
            await session.Execute(
                SetSnapshot,
                new
                {
                    id,
                    unit = row.JurisdictionId,
                    snapshot = session.Vault.Seal(
                        Json.Write(
                            snapshot with
                            {
                                Contacts = snapshot.Contacts is null ? null : kept.Contacts,
                                Referrer = kept.Referrer,
                            }
                        )
                    ),
                }
            );
        }

        await StoreProject.Touch(session, id, publicly: false);
        return id;
    }

    private static async Task<string?> FromClaim(Session session, string id, string key)
    {
        var people = Json.Read<ClaimPeople>(
            session.Vault.Open((await session.One<string>(ClaimContacts, new { id }))!)
        );
        var left = Without(ExportPerson.OfClaim(people), key);
        await session.Execute(
            SetClaimContacts,
            new
            {
                id,
                contacts = session.Vault.Seal(
                    Json.Write(people with { People = left.Contacts, Referrer = left.Referrer })
                ),
                now = session.Now,
            }
        );
        PersonMarks.Set(session, PersonMarks.Claim, id, left.Contacts, left.Referrer);
        return await session.One<string>("SELECT project_id FROM claims WHERE id = @id", new { id });
    }

    private static async Task<string?> FromLead(Session session, string id, string key)
    {
        await session.Lock(LockName.Resources);
        await OfficeLeadRow.ErasePerson(session, id, people => Without(people, key));
        return null;
    }

    private static async Task<string?> FromLibrary(Session session, string id, string key)
    {
        await session.Lock(LockName.Library);
        await StoreEntry.ErasePerson(session, id, people => Without(people, key), name => PersonMarks.Key(name) == key);
        return null;
    }

    /// <summary>The address for notices goes; mail goes to the address of the account, if it has one.</summary>
    private static async Task<string?> FromSettings(Session session, string userId)
    {
        await session.Execute(ForgetAddress, new { userId, now = session.Now });
        PersonMarks.Set(session, PersonMarks.User, userId, [], null);
        return null;
    }

    private static PersonalFacts Without(PersonalFacts people, string key) =>
        new()
        {
            Contacts = [.. people.Contacts.Where(person => !ExportPerson.Is(person, key))],
            Referrer = PersonMarks.Key(people.Referrer) == key ? null : people.Referrer,
        };

    private sealed class SnapshotRow
    {
        public required string JurisdictionId { get; init; }
        public required string Snapshot { get; init; }
    }

    private const string ProjectPeople = "SELECT contacts FROM projects WHERE id = @id";
    private const string SetProjectPeople = "UPDATE projects SET contacts = @contacts WHERE id = @id";
    private const string Snapshots = "SELECT jurisdiction_id, snapshot FROM former_owners WHERE project_id = @id";
    private const string SetSnapshot =
        "UPDATE former_owners SET snapshot = @snapshot WHERE project_id = @id AND jurisdiction_id = @unit";
    private const string ClaimContacts = "SELECT contacts FROM claims WHERE id = @id";
    private const string SetClaimContacts =
        "UPDATE claims SET contacts = @contacts, version = version + 1, updated_at = @now WHERE id = @id";
    private const string ForgetAddress =
        "UPDATE notice_settings SET address = NULL, version = version + 1, updated_at = @now WHERE user_id = @userId";

    // Answers from before it was kept of whom they tell are forgotten all.
    private const string ForgetReplays = """
        DELETE FROM idempotency_keys WHERE standing IS NULL OR key_hash IN (SELECT key_hash FROM kept_reply_people WHERE mark = @mark);
        DELETE FROM kept_reply_people WHERE key_hash IN (SELECT k.key_hash FROM kept_reply_people k WHERE k.mark = @mark)
        """;
}
