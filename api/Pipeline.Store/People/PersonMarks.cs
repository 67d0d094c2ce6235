using System.Text;
using System.Text.Json.Nodes;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Projects;

namespace Pipeline.Store.People;

/// <summary>A person was erased from a project or a claim.</summary>
/// <param name="UnitId">The unit that it belongs to.</param>
public sealed record PersonErased(bool IsClaim, string RecordId, string UnitId, string? ProjectId) : IDomainEvent;

/// <summary>What of a project is about people: sealed at rest, apart from its facts.</summary>
public sealed record PersonalFacts
{
    public IReadOnlyList<PersonBody> Contacts { get; init; } = [];
    public string? Referrer { get; init; }

    public string Seal(Session session) => session.Vault.Seal(Json.Write(this));

    public static PersonalFacts Open(Session session, string stored)
    {
        var text = session.Vault.Open(stored);
        return text.Length == 0 ? new PersonalFacts()
            : text[0] == '[' ? new PersonalFacts { Contacts = Json.Read<List<PersonBody>>(text) }
            : Json.Read<PersonalFacts>(text);
    }
}

/// <summary>What a person's data is found by although it is sealed: keyed hashes of name, telephone and e-mail address.</summary>
public static class PersonMarks
{
    public const string Project = "project";
    public const string Claim = "claim";

    /// <summary>An entry of a library: its contacts, and an expert's own name.</summary>
    public const string LibraryEntry = "entry";

    /// <summary>A lead of an out-posted office.</summary>
    public const string OfficeLead = "lead";

    /// <summary>The address somebody gave for notices.</summary>
    public const string User = "user";

    /// <summary>Replaces the marks of a record by those of the people in it.</summary>
    public static void Set(
        Session session,
        string kind,
        string id,
        IEnumerable<PersonBody> people,
        string? referrer,
        bool isNew = false
    )
    {
        if (!isNew)
            session.Later(Forget, new { kind, id });
        var values = people.SelectMany(person => new[] { person.Name, person.Phone, person.Email }).Append(referrer);
        var marks = values.Select(value => Mark(session, value)).OfType<string>().Distinct();
        session.Add(Table, marks.Select(mark => new object?[] { mark, kind, id }));
    }

    /// <summary>Adds the marks of the people that an answer tells of, which is kept for a repeated request.</summary>
    public static void OfReply(Session session, string keyHash, byte[] body)
    {
        if (body.AsSpan().IndexOf("\"contacts\""u8) < 0 && body.AsSpan().IndexOf("\"referrer\""u8) < 0)
            return;
        var marks = In(JsonNode.Parse(body), false).Select(value => Mark(session, value)).OfType<string>().Distinct();
        session.Add(OfReplies, marks.Select(mark => new object?[] { mark, keyHash }));
    }

    /// <summary>Names, numbers and addresses, wherever contacts or a referrer are told.</summary>
    private static IEnumerable<string?> In(JsonNode? node, bool ofPerson) =>
        node switch
        {
            JsonArray items => items.SelectMany(item => In(item, ofPerson)),
            JsonObject members => members.SelectMany(member =>
                member.Value is JsonValue value && value.TryGetValue<string>(out var text)
                    ? member.Key == "referrer" || (ofPerson && member.Key is "name" or "phone" or "email")
                        ? [text]
                        : []
                    : In(member.Value, member.Key == "contacts")
            ),
            _ => [],
        };

    /// <summary>The mark of a name, number or address as it is typed; null when nothing of it remains.</summary>
    public static string? Mark(Session session, string? value) =>
        Key(value) is { Length: > 0 } key ? session.Vault.MarkOf(key) : null;

    /// <summary>Names, numbers and addresses compare by their letters, digits and the at sign, whatever their width, case or spacing.</summary>
    public static string Key(string? value) =>
        new([
            .. (value ?? "")
                .Normalize(NormalizationForm.FormKC)
                .ToLowerInvariant()
                .Where(c => char.IsLetterOrDigit(c) || c is '@' || char.IsSurrogate(c)),
        ]);

    private const string Forget = "DELETE FROM person_marks WHERE subject_kind = @kind AND subject_id = @id";
    private static readonly BulkTable Table = new("person_marks", "mark", "subject_kind", "subject_id");
    private static readonly BulkTable OfReplies = new("kept_reply_people", "mark", "key_hash");
}
