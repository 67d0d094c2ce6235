using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Projects;

namespace Pipeline.Store.Projects;

/// <summary>A member of <see cref="ProjectBody"/>, by its place among them.</summary>
public readonly record struct Fact(int At)
{
    internal static readonly IReadOnlyList<string> Members =
    [
        .. typeof(ProjectBody).GetProperties().Select(member => JsonNamingPolicy.CamelCase.ConvertName(member.Name)),
    ];

    public static readonly Fact Name = Of(nameof(ProjectBody.Name)),
        NationalCode = Of(nameof(ProjectBody.NationalCode)),
        Investors = Of(nameof(ProjectBody.Investors)),
        TotalInvestment = Of(nameof(ProjectBody.TotalInvestment)),
        IndustryCode = Of(nameof(ProjectBody.IndustryCode)),
        Chain = Of(nameof(ProjectBody.Chain)),
        LandingPlace = Of(nameof(ProjectBody.LandingPlace)),
        ProvincialZone = Of(nameof(ProjectBody.ProvincialZone)),
        Referrer = Of(nameof(ProjectBody.Referrer)),
        Leaders = Of(nameof(ProjectBody.Leaders));

    /// <summary>The member of a name.</summary>
    public static Fact Of(string member)
    {
        var name = JsonNamingPolicy.CamelCase.ConvertName(member);
        for (var at = 0; at < Members.Count; at++)
        {
            if (Members[at] == name)
                return new Fact(at);
        }

        throw new ArgumentException($"A project has no member {member}.", nameof(member));
    }

    public static Fact Of(PlainFact fact) => Of(fact.Name);
}

/// <summary>
/// The facts of a project as they are stored, cut into members without being read: they were written by the same serializer, so what is told of them is told in the very bytes, in whatever order
/// they stand. Facts that somebody else wrote, with other members, are first written as they would have been here.
/// </summary>
public sealed class StoredFacts
{
    private static readonly byte[][] Names = [.. Fact.Members.Select(Encoding.UTF8.GetBytes)];
    private static readonly byte[][] InvestorMembers =
    [
        .. typeof(InvestorBody)
            .GetProperties()
            .Select(member => Encoding.UTF8.GetBytes(JsonNamingPolicy.CamelCase.ConvertName(member.Name))),
    ];
    private static readonly int Name = InvestorMember(nameof(InvestorBody.Name)),
        Uscc = InvestorMember(nameof(InvestorBody.Uscc)),
        Country = InvestorMember(nameof(InvestorBody.Country)),
        Fortune500 = InvestorMember(nameof(InvestorBody.Fortune500)),
        Primary = InvestorMember(nameof(InvestorBody.Primary));

    // Those of a project, and room for more.
    private const int MostMembers = 64;

    private readonly byte[] json;
    private Slices slices;
    private InvestorSlices primary;
    private int investorCount;
    private IReadOnlyList<InvestorBody>? investors;

    public StoredFacts(byte[] stored)
    {
        json = stored;
        if (Cut())
            return;
        json = JsonSerializer.SerializeToUtf8Bytes(
            JsonSerializer.Deserialize<ProjectBody>(stored, Json.Options),
            Json.Options
        );
        (slices, primary, investorCount, Foreign) = (default, default, 0, false);
        if (!Cut())
            throw new InvalidOperationException("The facts of a project are not stored as they are written here.");
    }

    /// <summary>Whether an investor is of a known country other than China.</summary>
    public bool Foreign { get; private set; }

    /// <summary>A member as JSON; empty where it is not there.</summary>
    public ReadOnlySpan<byte> this[Fact fact] => json.AsSpan(slices[fact.At].Start, slices[fact.At].Length);

    /// <summary>A member that is a text.</summary>
    public string? Text(Fact fact) => Text(slices[fact.At]);

    /// <summary>A member read as what it is.</summary>
    public T? Value<T>(Fact fact) =>
        this[fact] is { IsEmpty: false } value ? JsonSerializer.Deserialize<T>(value, Json.Options) : default;

    /// <summary>A member that is a number.</summary>
    public decimal? Number(Fact fact) => Utf8Parser.TryParse(this[fact], out decimal number, out _) ? number : null;

    /// <summary>A member that is a date.</summary>
    public DateOnly? Day(Fact fact) => this[fact] is { IsEmpty: false } text ? Iso.Date(text[1..^1]) : null;

    /// <summary>A member that is an amount.</summary>
    public Money? Money(Fact fact) => this[fact].IsEmpty ? null : Value<Money>(fact);

    /// <summary>The country of the primary investor, if there is one.</summary>
    public string? PrimaryCountry => Text(primary[Country]);

    /// <summary>The credit code of the primary investor, if there is one.</summary>
    public string? PrimaryUscc => Text(primary[Uscc]);

    /// <summary>The investors, read when they are first asked for.</summary>
    public IReadOnlyList<InvestorBody> Investors => investors ??= Value<List<InvestorBody>>(Fact.Investors) ?? [];

    /// <summary>The investors' names, in one text.</summary>
    public string InvestorNames() =>
        investorCount == 1 && primary[Primary].Length > 0
            ? Text(primary[Name]) ?? ""
            : string.Join('、', Investors.Select(investor => investor.Name));

    private string? Text((int Start, int Length) slice)
    {
        var text = json.AsSpan(slice.Start, slice.Length);
        return text.IsEmpty ? null
            : text.Contains((byte)'\\') ? JsonSerializer.Deserialize<string>(text, Json.Options)
            : Encoding.UTF8.GetString(text[1..^1]);
    }

    private bool Cut()
    {
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return false;
        for (var next = 0; reader.Read() && reader.TokenType == JsonTokenType.PropertyName; next++)
        {
            // Most stand in the order of their declaration.
            for (var tried = 0; next == Names.Length || !reader.ValueTextEquals(Names[next]); tried++)
            {
                if (tried > Names.Length)
                    return false;
                next = next >= Names.Length ? 0 : next + 1;
            }

            if (!reader.Read() || reader.TokenType == JsonTokenType.Null)
                return false;
            var start = (int)reader.TokenStartIndex;
            if (next == Fact.Investors.At ? !CutInvestors(ref reader) : !reader.TrySkip())
                return false;
            slices[next] = (start, (int)reader.BytesConsumed - start);
        }

        return true;
    }

    /// <summary>Whether the investors are as they are written here, each with every mark that is yes or no.</summary>
    private bool CutInvestors(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            return false;
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            var investor = default(InvestorSlices);
            var next = 0;
            for (; reader.Read() && reader.TokenType == JsonTokenType.PropertyName; next++)
            {
                while (next < Fortune500 && !reader.ValueTextEquals(InvestorMembers[next]))
                    next++;
                if (next == InvestorMembers.Length || !reader.ValueTextEquals(InvestorMembers[next]) || !reader.Read())
                    return false;
                if (
                    next < Fortune500
                        ? reader.TokenType != JsonTokenType.String
                        : reader.TokenType is not (JsonTokenType.True or JsonTokenType.False)
                )
                    return false;
                if (
                    next == Country
                    && !reader.ValueTextEquals("CN"u8)
                    && !reader.ValueTextEquals(InvestorBody.UnknownCountry)
                )
                    Foreign = true;
                investor[next] = ((int)reader.TokenStartIndex, (int)(reader.BytesConsumed - reader.TokenStartIndex));
            }

            if (next != InvestorMembers.Length)
                return false;
            investorCount++;
            if (primary[Primary].Length == 0 && json[investor[Primary].Start] == (byte)'t')
                primary = investor;
        }

        return reader.TokenType == JsonTokenType.EndArray;
    }

    private static int InvestorMember(string name) =>
        Array.FindIndex(typeof(InvestorBody).GetProperties(), member => member.Name == name);

    [InlineArray(MostMembers)]
    private struct Slices
    {
        private (int Start, int Length) first;
    }

    [InlineArray(10)]
    private struct InvestorSlices
    {
        private (int Start, int Length) first;
    }
}
