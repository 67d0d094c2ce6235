using System.Globalization;
using Pipeline.Domain.Rules;

namespace Pipeline.Domain.Credit;

/// <summary>Why an expression is none: a stable code, and where in the text it was noticed.</summary>
/// <param name="Position">Counted in characters from 1.</param>
/// <param name="Found">What stands there; empty at the end.</param>
public sealed record FilterError(string Code, int Position, string Found);

/// <summary>A filter of facts that count, in the small closed grammar of indicators (R100).</summary>
/// <remarks>
/// <code>
/// filter   = all { "or" all }
/// all      = one { "and" one }
/// one      = "not" one | "(" filter ")" | test
/// test     = "kind" ( "=" | "!=" ) word | "kind" "in" "(" word { "," word } ")"
///          | "amount" ( ">=" | ">" | "&lt;=" | "&lt;" ) number [ "万" | "亿" ] [ currency ]
///          | "industry" ( "=" | "!=" ) class | "industry" "in" "(" class { "," class } ")"
///          | flag
/// </code>
/// An amount without a currency is in yuan; a class is the first two to four digits of GB/T 4754. What a test cannot tell, as the amount is not known or its currency has no rate, is neither true nor false (three-valued logic).
/// A filter is bounded in length, tests and depth, so that evaluating it costs the same whatever it says; nothing in it is executed.
/// </remarks>
public sealed class FactFilter
{
    /// <summary>How long a text, how many tests and how deep a nesting may be.</summary>
    public const int MostCharacters = 500,
        MostTests = 40,
        MostNesting = 8;

    /// <summary>The word for the stage at which projects are credited, by the rule set of each fact (R42, C16).</summary>
    public const string Landed = "landed";

    /// <summary>The flag of signings whose notice was late or missing (R32).</summary>
    public const string LateNotice = "late-notice";

    private readonly Node root;

    private FactFilter(string text, Node root)
    {
        Text = text;
        this.root = root;
    }

    /// <summary>The filter as it was written.</summary>
    public string Text { get; }

    /// <summary>The kinds of facts that a filter can name.</summary>
    public static readonly IReadOnlyDictionary<string, FactKind> KindWords = new Dictionary<string, FactKind>(
        StringComparer.Ordinal
    )
    {
        ["signed"] = FactKind.Signed,
        ["registered"] = FactKind.Registered,
        ["started"] = FactKind.Started,
        ["in-production"] = FactKind.InProduction,
        ["capital"] = FactKind.Capital,
        ["fixed-investment"] = FactKind.FixedInvestment,
        ["fund-investment"] = FactKind.FundInvestment,
        ["enterprise"] = FactKind.Enterprise,
        ["listing"] = FactKind.Listing,
        ["institution"] = FactKind.Institution,
        ["fund"] = FactKind.Fund,
        ["event"] = FactKind.Event,
        ["financing"] = FactKind.Financing,
    };

    /// <summary>The flags: what a fact has or has not.</summary>
    public static readonly IReadOnlyDictionary<string, Func<LedgerRow, bool>> Flags = new Dictionary<
        string,
        Func<LedgerRow, bool>
    >(StringComparer.Ordinal)
    {
        ["manufacturing"] = row => row.Fact.Manufacturing,
        ["foreign"] = row => row.Fact.Foreign,
        ["provincial-zone"] = row => row.Fact.ProvincialZone,
        ["transferred"] = row => row.Fact.FirstTalkId is { } first && first != row.Fact.LandingId,
        [LateNotice] = row => row.LateNotice,
        ["fortune500"] = row => HasFlag(row, "fortune500"),
        ["china500"] = row => HasFlag(row, "china500"),
        ["central-soe"] = row => HasFlag(row, "central-soe"),
        ["listed"] = row => HasFlag(row, "listed"),
        ["specialised"] = row => HasFlag(row, "specialised"),
        ["park"] = row => HasFlag(row, "park"),
        ["incubator"] = row => HasFlag(row, "incubator"),
        ["technology"] = row => HasFlag(row, "technology"),
        ["promotion"] = row => HasFlag(row, "promotion"),
        ["road-show"] = row => HasFlag(row, "road-show"),
        ["signing-event"] = row => HasFlag(row, "signing"),
        ["contest"] = row => HasFlag(row, "contest"),
        ["talks"] = row => HasFlag(row, "talks"),
    };

    /// <summary>Reads a filter.</summary>
    /// <returns>The filter, or what is wrong with the text.</returns>
    public static (FactFilter? Filter, FilterError? Error) Parse(string text)
    {
        if (text.Length > MostCharacters)
            return (null, new FilterError("filter-long", MostCharacters + 1, ""));
        try
        {
            var reader = new Reader(text);
            var root = reader.ReadFilter(0);
            reader.ReadEnd();
            return (new FactFilter(text, root), null);
        }
        catch (UnreadableException unreadable)
        {
            return (null, unreadable.Error);
        }
    }

    /// <summary>Reads a filter that is known to be one.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static FactFilter Known(string text) =>
        Parse(text) is { Filter: { } filter }
            ? filter
            : throw new ArgumentException($"No filter: {text}", nameof(text));

    /// <summary>What both filters take.</summary>
    public FactFilter And(FactFilter other) =>
        new($"({Text}) and ({other.Text})", new Several([root, other.root], Every: true));

    /// <summary>What this filter takes and the other does not.</summary>
    public FactFilter Except(FactFilter other) =>
        new($"({Text}) and not ({other.Text})", new Several([root, new Not(other.root)], Every: true));

    /// <summary>Whether a row counts, under the rule set that it is pinned to.</summary>
    public Counts Takes(LedgerRow row, RuleSet rules) => root.Holds(row, rules);

    /// <summary>The kinds of rows that may count.</summary>
    public IReadOnlyList<FactKind> Kinds
    {
        get
        {
            var possible = root.Possible(negated: false);
            return
            [
                .. Enum.GetValues<FactKind>()
                    .Where(kind =>
                        (possible & Bit(kind)) != 0 || ((possible & LandedBit) != 0 && (LandedKinds & Bit(kind)) != 0)
                    ),
            ];
        }
    }

    /// <summary>Whether all that may count is of one kind, so that no project is counted for two of its stages and no money is added to money of another kind.</summary>
    public bool IsOfOneKind => System.Numerics.BitOperations.PopCount((uint)root.Possible(negated: false)) == 1;

    /// <summary>The amounts from which a test in it holds.</summary>
    public IReadOnlyList<Threshold> Thresholds => [.. root.Thresholds.Distinct()];

    private static bool HasFlag(LedgerRow row, string flag) => row.Fact.InvestorFlags.Split(' ').Contains(flag);

    private static int Bit(FactKind kind) => 1 << (int)kind;

    private const int LandedBit = 1 << 30;
    private static readonly int LandedKinds = Bit(FactKind.Signed) | Bit(FactKind.Registered) | Bit(FactKind.Started);
    private static readonly int AnyKind = Enum.GetValues<FactKind>().Sum(Bit) | LandedBit;

    /// <summary>A part of the tree.</summary>
    private abstract record Node
    {
        public abstract Counts Holds(LedgerRow row, RuleSet rules);

        /// <summary>The kinds of rows for which it, or its contrary, may hold, as bits.</summary>
        public abstract int Possible(bool negated);

        /// <summary>The amounts from which a test in it holds.</summary>
        public virtual IEnumerable<Threshold> Thresholds => [];

        protected static Counts Of(bool holds) => holds ? Counts.Yes : Counts.No;
    }

    /// <summary>Several tests, of which every one has to hold, or any.</summary>
    private sealed record Several(IReadOnlyList<Node> Parts, bool Every) : Node
    {
        public override IEnumerable<Threshold> Thresholds => Parts.SelectMany(part => part.Thresholds);

        public override Counts Holds(LedgerRow row, RuleSet rules)
        {
            // One that decides it is enough; one that nobody can tell leaves it open.
            var deciding = Of(!Every);
            var result = Of(Every);
            foreach (var part in Parts)
            {
                var holds = part.Holds(row, rules);
                if (holds == deciding)
                    return deciding;
                if (holds == Counts.Unknown)
                    result = Counts.Unknown;
            }

            return result;
        }

        public override int Possible(bool negated) =>
            negated == Every
                ? Parts.Aggregate(0, (kinds, part) => kinds | part.Possible(negated))
                : Parts.Aggregate(AnyKind, (kinds, part) => kinds & part.Possible(negated));
    }

    private sealed record Not(Node Part) : Node
    {
        public override IEnumerable<Threshold> Thresholds => Part.Thresholds;

        public override Counts Holds(LedgerRow row, RuleSet rules) =>
            Part.Holds(row, rules) switch
            {
                Counts.Yes => Counts.No,
                Counts.No => Counts.Yes,
                _ => Counts.Unknown,
            };

        public override int Possible(bool negated) => Part.Possible(!negated);
    }

    private sealed record OfKind(int Kinds) : Node
    {
        public override Counts Holds(LedgerRow row, RuleSet rules) =>
            Of(
                (Kinds & Bit(row.Fact.Kind)) != 0
                    || ((Kinds & LandedBit) != 0 && row.Fact.Kind == LedgerRow.KindOf(rules.CreditStage))
            );

        public override int Possible(bool negated) =>
            !negated ? Kinds
            // What is not landed may be of any kind.
            : (Kinds & LandedBit) != 0 ? AnyKind & ~Kinds
            : AnyKind & ~Kinds & ~LandedBit;
    }

    /// <param name="From">The amount from which, or above which, it holds; null where it holds below one.</param>
    private sealed record OfAmount(Func<decimal, bool> Fits, string Currency, Threshold? From) : Node
    {
        public override IEnumerable<Threshold> Thresholds => From is null ? [] : [From];

        public override Counts Holds(LedgerRow row, RuleSet rules) =>
            row.Fact.Amount is { } amount && rules.In(Currency, amount, row.Fact.OccurredOn) is { } value
                ? Of(Fits(value))
                : Counts.Unknown;

        public override int Possible(bool negated) => AnyKind;
    }

    private sealed record OfIndustry(IReadOnlyList<string> Classes) : Node
    {
        public override Counts Holds(LedgerRow row, RuleSet rules) =>
            row.Fact.IndustryCode is { } code
                ? Of(Classes.Any(one => code.StartsWith(one, StringComparison.Ordinal)))
                : Counts.Unknown;

        public override int Possible(bool negated) => AnyKind;
    }

    private sealed record OfFlag(Func<LedgerRow, bool> Has) : Node
    {
        public override Counts Holds(LedgerRow row, RuleSet rules) => Of(Has(row));

        public override int Possible(bool negated) => AnyKind;
    }

    /// <summary>Leaves the reading of a text that is no filter; never leaves this class.</summary>
    private sealed class UnreadableException(FilterError error) : Exception
    {
        public FilterError Error => error;
    }

    /// <summary>Reads a text from left to right.</summary>
    private sealed class Reader(string text)
    {
        private int at;
        private int tests;

        public Node ReadFilter(int depth)
        {
            if (depth > MostNesting)
                throw Unreadable("filter-deep");
            var parts = new List<Node> { ReadAll(depth) };
            while (TakeWord("or"))
                parts.Add(ReadAll(depth));
            return parts.Count == 1 ? parts[0] : new Several(parts, Every: false);
        }

        public void ReadEnd()
        {
            SkipSpaces();
            if (at < text.Length)
                throw Unreadable("filter-end");
        }

        private Node ReadAll(int depth)
        {
            var parts = new List<Node> { ReadOne(depth) };
            while (TakeWord("and"))
                parts.Add(ReadOne(depth));
            return parts.Count == 1 ? parts[0] : new Several(parts, Every: true);
        }

        private Node ReadOne(int depth)
        {
            if (TakeWord("not"))
                return depth < MostNesting ? new Not(ReadOne(depth + 1)) : throw Unreadable("filter-deep");
            if (!Take("("))
                return ReadTest();
            var inner = ReadFilter(depth + 1);
            Demand(")");
            return inner;
        }

        private Node ReadTest()
        {
            SkipSpaces();
            if (++tests > MostTests)
                throw Unreadable("filter-tests");
            var before = at;
            var word = Word();
            switch (word)
            {
                case "kind":
                    return ReadChoice(KindBit, kinds => new OfKind(kinds.Aggregate(0, (all, one) => all | one)));
                case "industry":
                    return ReadChoice(IndustryClass, classes => new OfIndustry(classes));
                case "amount":
                    return ReadAmount();
                default:
                    if (Flags.TryGetValue(word, out var has))
                        return new OfFlag(has);
                    at = before;
                    throw Unreadable("filter-test");
            }
        }

        private Node ReadChoice<T>(Func<T> read, Func<IReadOnlyList<T>, Node> make)
        {
            if (Take("!="))
                return new Not(make([read()]));
            if (Take("="))
                return make([read()]);
            if (!TakeWord("in"))
                throw Unreadable("filter-comparison");
            Demand("(");
            var values = new List<T> { read() };
            while (Take(","))
                values.Add(read());
            Demand(")");
            return make(values);
        }

        private int KindBit()
        {
            SkipSpaces();
            var before = at;
            var word = Word();
            if (word == Landed)
                return LandedBit;
            if (KindWords.TryGetValue(word, out var kind))
                return Bit(kind);
            at = before;
            throw Unreadable("filter-kind");
        }

        private string IndustryClass()
        {
            SkipSpaces();
            var before = at;
            var word = Word();
            if (word.Length is >= 2 and <= 4 && word.All(char.IsAsciiDigit))
                return word;
            at = before;
            throw Unreadable("filter-industry");
        }

        private OfAmount ReadAmount()
        {
            (Func<decimal, decimal, bool> Fits, Comparator? From) test =
                Take(">=") ? ((value, limit) => value >= limit, Comparator.Gte)
                : Take(">") ? ((value, limit) => value > limit, Comparator.Gt)
                : Take("<=") ? ((value, limit) => value <= limit, null)
                : Take("<") ? ((value, limit) => value < limit, null)
                : throw Unreadable("filter-comparison");
            SkipSpaces();
            var from = at;
            while (at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] == '.'))
                at++;
            var digits = text[from..at];
            if (
                digits.Length > 16
                || !decimal.TryParse(
                    digits,
                    NumberStyles.AllowDecimalPoint,
                    CultureInfo.InvariantCulture,
                    out var limit
                )
            )
            {
                at = from;
                throw Unreadable("filter-number");
            }

            limit *=
                Take("亿") ? 100_000_000m
                : Take("万") ? 10_000m
                : 1m;
            SkipSpaces();
            var before = at;
            var currency = at < text.Length && char.IsAsciiLetterUpper(text[at]) ? Word() : "CNY";
            if (currency.Length == 3 && currency.All(char.IsAsciiLetterUpper))
                return new OfAmount(
                    value => test.Fits(value, limit),
                    currency,
                    test.From is { } side ? new Threshold(limit, currency, side) : null
                );
            at = before;
            throw Unreadable("filter-currency");
        }

        private void SkipSpaces()
        {
            while (at < text.Length && char.IsWhiteSpace(text[at]))
                at++;
        }

        /// <summary>The letters, digits and hyphens that stand here.</summary>
        private string Word()
        {
            SkipSpaces();
            var from = at;
            while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '-'))
                at++;
            return text[from..at];
        }

        private bool TakeWord(string word)
        {
            SkipSpaces();
            var before = at;
            if (Word() == word)
                return true;
            at = before;
            return false;
        }

        private bool Take(string sign)
        {
            SkipSpaces();
            if (string.CompareOrdinal(text, at, sign, 0, sign.Length) != 0)
                return false;
            at += sign.Length;
            return true;
        }

        private void Demand(string sign)
        {
            if (!Take(sign))
                throw Unreadable(sign == "(" ? "filter-opening" : "filter-closing");
        }

        private UnreadableException Unreadable(string code)
        {
            SkipSpaces();
            var until = at;
            while (until < text.Length && until - at < 20 && !char.IsWhiteSpace(text[until]))
                until++;
            if (until < text.Length && until > at && char.IsHighSurrogate(text[until - 1]))
                until--;
            return new UnreadableException(new FilterError(code, at + 1, text[at..until]));
        }
    }
}
