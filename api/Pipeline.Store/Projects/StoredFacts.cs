using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Pipeline.Data;
using Pipeline.Domain;

namespace Pipeline.Store.Projects;

/// <summary>The members of <see cref="ProjectBody"/>, in the order in which they are stored.</summary>
public enum Fact
{
    Name,
    NationalCode,
    Secret,
    Investors,
    TotalInvestment,
    FixedInvestment,
    ForeignCapital,
    IndustryCode,
    Chain,
    BuildKind,
    LandingPlace,
    ProvincialZone,
    LandMu,
    EnergyTce,
    Jobs,
    AnnualOutput,
    AnnualTax,
    Contacts,
    Referrer,
    Channel,
    FirstContactOn,
    PlannedSigningOn,
    PlannedStartOn,
    PlannedProductionOn,
    Leaders,
}

/// <summary>
/// The facts of a project as they are stored, cut into members without being read: they were written by the same serializer, so what is told of them is told in the very bytes. Facts that
/// somebody else wrote, other members or another order, are first written as they would have been here.
/// </summary>
public sealed class StoredFacts
{
    private static readonly byte[][] Names =
    [
        .. Enum.GetValues<Fact>()
            .Select(fact => Encoding.UTF8.GetBytes(JsonNamingPolicy.CamelCase.ConvertName(fact.ToString()))),
    ];
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
            throw new InvalidOperationException(
                "The facts of a project are not stored in the order in which they are declared."
            );
    }

    /// <summary>Whether an investor is of a known country other than China.</summary>
    public bool Foreign { get; private set; }

    /// <summary>A member as JSON; empty where it is not there.</summary>
    public ReadOnlySpan<byte> this[Fact fact] => json.AsSpan(slices[(int)fact].Start, slices[(int)fact].Length);

    /// <summary>A member that is a text.</summary>
    public string? Text(Fact fact) => Text(slices[(int)fact]);

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
            while (next < Names.Length && !reader.ValueTextEquals(Names[next]))
                next++;
            if (next == Names.Length || !reader.Read() || reader.TokenType == JsonTokenType.Null)
                return false;
            var start = (int)reader.TokenStartIndex;
            if (next == (int)Fact.Investors ? !CutInvestors(ref reader) : !reader.TrySkip())
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

    [InlineArray(25)]
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
