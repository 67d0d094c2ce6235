using System.Globalization;
using System.Text.RegularExpressions;
using Pipeline.Domain.Matching;
using Pipeline.Domain.Projects;

namespace Pipeline.Domain.Imports;

/// <summary>Understands a register row by row: certain things parsed, uncertain ones marked, nothing lost (R50, R51).</summary>
public static partial class RowReader
{
    /// <summary>A project's code as the product gives it: 2026-593197.</summary>
    [GeneratedRegex(@"^[0-9]{4}-[0-9]{6,8}\z", RegexOptions.CultureInvariant)]
    internal static partial Regex OwnCode();

    private const int LongestName = 200,
        LongestChain = 100,
        LongestText = 2000;

    private static readonly HashSet<string> TotalWords =
    [
        "合计",
        "总计",
        "小计",
        "累计",
        "共计",
        "总和",
        "汇总",
        "总数",
        "total",
        "subtotal",
        "grandtotal",
        "sum",
        "totals",
    ];

    private static readonly HashSet<string> Placeholders =
    [
        "待定",
        "未定",
        "待确定",
        "暂定",
        "未知",
        "不详",
        "保密",
        "tbd",
        "tbc",
        "unknown",
        "confidential",
        "项目名称",
        "xxx",
        "xx",
    ];

    private static readonly Dictionary<string, string> ContactKinds = new(StringComparer.Ordinal)
    {
        ["走访"] = "visit",
        ["拜访"] = "visit",
        ["上门"] = "visit",
        ["上门拜访"] = "visit",
        ["考察"] = "visit",
        ["外出考察"] = "visit",
        ["实地考察"] = "visit",
        ["赴企考察"] = "visit",
        ["走访考察"] = "visit",
        ["visit"] = "visit",
        ["接待"] = "reception",
        ["来访"] = "reception",
        ["来访接待"] = "reception",
        ["接待来访"] = "reception",
        ["来嘉考察"] = "reception",
        ["客商来访"] = "reception",
        ["reception"] = "reception",
        ["会议"] = "meeting",
        ["会谈"] = "meeting",
        ["座谈"] = "meeting",
        ["洽谈"] = "meeting",
        ["洽谈会"] = "meeting",
        ["座谈会"] = "meeting",
        ["视频会议"] = "meeting",
        ["面谈"] = "meeting",
        ["面洽"] = "meeting",
        ["meeting"] = "meeting",
        ["函"] = "letter",
        ["函件"] = "letter",
        ["信函"] = "letter",
        ["发函"] = "letter",
        ["来函"] = "letter",
        ["邀请函"] = "letter",
        ["公函"] = "letter",
        ["letter"] = "letter",
        ["电话"] = "call",
        ["通话"] = "call",
        ["微信"] = "call",
        ["电话沟通"] = "call",
        ["call"] = "call",
        ["phone"] = "call",
        ["phonecall"] = "call",
        ["其他"] = "other",
        ["其它"] = "other",
        ["other"] = "other",
    };

    /// <summary>Reads a row of a table; one that is no project is refused and says what it is.</summary>
    public static UnderstoodRow Read(TableRow row, ReadingContext context)
    {
        context = context with
        {
            Columns = row.Table.Columns,
            Numbers = row.Table.Numbers,
            Days1904 = row.Table.Days1904,
        };
        RowIssue OfRow(Doubt doubt) => new(null, null, doubt.Code, ImportCodes.SeverityOf(doubt.Code), "", doubt.Args);
        if (row.Refusal is { } refusal)
            return new UnderstoodRow { RowNumber = row.Number, Issues = [OfRow(refusal)] };
        var read = Read(row.Number, row.Cells, context, row.Lent);
        return row.Doubts.Count == 0 ? read : read with { Issues = [.. row.Doubts.Select(OfRow), .. read.Issues] };
    }

    /// <summary>Reads one row; <paramref name="cells"/> stand under the columns of the context, missing ones are empty.</summary>
    public static UnderstoodRow Read(
        int rowNumber,
        IReadOnlyList<RawCell> cells,
        ReadingContext context,
        LentByHeading? lent = null
    )
    {
        var issues = new List<RowIssue>();
        var map = context.Columns;
        var chosen = CellChoice.Choose(cells, map, context, issues);
        // A field is read from the first of its columns that says something.
        int PositionOf(string field) => chosen.TryGetValue(field, out var at) ? at : map.IndexOf(field);
        RawCell At(string field) =>
            PositionOf(field) is var i and >= 0 && i < cells.Count && cells[i].Mark?.Trouble is null
                ? cells[i]
                : default;
        string Text(string field) => At(field).Text ?? "";
        Column? ColumnOf(string field) => PositionOf(field) is var i and >= 0 ? map.Columns[i] : null;
        T Take<T>(string field, Cell<T> cell)
        {
            issues.AddRange(
                cell.Doubts.Select(d => new RowIssue(
                    ColumnOf(field)?.Header,
                    field,
                    d.Code,
                    ImportCodes.SeverityOf(d.Code),
                    At(field).Mark?.Original ?? cell.Original,
                    d.Args
                ))
            );
            return cell.Value;
        }
        void Say(string? field, string code, params object[] args) =>
            issues.Add(
                new RowIssue(
                    field is null ? null : ColumnOf(field)?.Header,
                    field,
                    code,
                    ImportCodes.SeverityOf(code),
                    field is null ? "" : Text(field),
                    args
                )
            );
        string? Kept(string field, int longest = LongestText)
        {
            var kept = Written.Tidy(Text(field));
            if (kept.Length > longest)
                Say(field, ImportCodes.Shortened, longest);
            return kept.Length == 0 ? null : Written.Cut(kept, longest);
        }

        if (Stray(cells, map) is { } stray)
            return new UnderstoodRow
            {
                RowNumber = rowNumber,
                Issues =
                [
                    new RowIssue(
                        ColumnOf(ImportFields.Name)?.Header,
                        ImportFields.Name,
                        stray,
                        Severity.Refusal,
                        Text(ImportFields.Name),
                        []
                    ),
                ],
            };

        var name = Written.Tidy(Text(ImportFields.Name));
        if (
            Written.IsBlank(Written.Plain(name))
            || Written.Bare(name).Length == 0
            || Placeholders.Contains(Written.Bare(name))
        )
        {
            name = "";
            Say(ImportFields.Name, ImportCodes.NameMissing);
        }
        else if (name.Length > LongestName)
            Say(ImportFields.Name, ImportCodes.TooLong, LongestName);

        var investors = Take(
            ImportFields.Investor,
            Investors.Split(CellChoice.Join(ImportFields.Investor, cells, map), context.KnownInvestors)
        );
        var country =
            investors.Count > 0 || !Written.IsBlank(Written.Plain(Text(ImportFields.Country)))
                ? Take(ImportFields.Country, Countries.Parse(Text(ImportFields.Country)))
                : null;
        var uscc = Code(Text(ImportFields.Uscc), Normalised.Uscc);
        if (uscc is not null && BecameNumber(uscc, At(ImportFields.Uscc).Numeric))
        {
            Say(ImportFields.Uscc, ImportCodes.CodeAsNumber, uscc);
            uscc = null;
        }
        if (uscc is not null && Normalised.Uscc(uscc) is null)
            Say(ImportFields.Uscc, ImportCodes.UsccMalformed);
        else if (uscc is not null && !Uscc.CheckDigitHolds(uscc))
            Say(ImportFields.Uscc, ImportCodes.UsccCheckDigit);
        var national = Code(Text(ImportFields.NationalCode), Normalised.NationalCode);
        if (national is not null && BecameNumber(national, At(ImportFields.NationalCode).Numeric))
        {
            Say(ImportFields.NationalCode, ImportCodes.CodeAsNumber, national);
            national = null;
        }
        if (national is not null && !Normalised.IsNationalCode(national))
            Say(ImportFields.NationalCode, ImportCodes.NationalCodeMalformed);

        Money? Amount(string field, string currency) =>
            Take(
                field,
                Amounts.Parse(Text(field), AmountUnitOf(ColumnOf(field), Text(currency), Say), context.Numbers)
            );
        var amount = Amount(ImportFields.TotalInvestment, ImportFields.Currency);
        // 项目编号 is the product's own code, or another list's number.
        var numbered = Kept(ImportFields.ProjectCode);
        var ownCode = numbered is not null && OwnCode().IsMatch(numbered);
        var (industryText, industryCode) = Industry(Text, Take, context.Industries);
        var (owner, landing) = Place(Text, Take, Say, context.Places, ownCode, lent);
        var chain = Kept(ImportFields.Chain, LongestChain);
        if (chain is null && industryText is null && lent?.Chain is { } above)
        {
            chain = Written.Cut(above, LongestChain);
            Say(ImportFields.Chain, ImportCodes.ChainLent, above);
        }
        DateOnly? On(string field, string? of = null) =>
            Take(field, Meant(Dates.Parse(Text(field), At(field).Numeric, context.Days1904, of), context.Today));
        (string Field, string Stage, DateOnly? On)[] reached =
        [
            (ImportFields.SignedOn, Stages.Signed, On(ImportFields.SignedOn, Stages.Signed)),
            (ImportFields.RegisteredOn, Stages.Registered, On(ImportFields.RegisteredOn, Stages.Registered)),
            (ImportFields.StartedOn, Stages.Started, On(ImportFields.StartedOn, Stages.Started)),
            (ImportFields.InProductionOn, Stages.InProduction, On(ImportFields.InProductionOn, Stages.InProduction)),
        ];
        string? ByDays()
        {
            if (reached.LastOrDefault(step => step.On <= context.Today) is not { On: { } day } last)
                return null;
            Say(ImportFields.Stage, ImportCodes.StageAssumed, $"{ColumnOf(last.Field)!.Header.Trim()} {Shown(day)}");
            return last.Stage;
        }

        // Where no column says how far it is, the days on which stages were reached do.
        var stage = (map.IndexOf(ImportFields.Stage) < 0 && lent?.Stage is null ? ByDays() : null)
            ?? Stage(Text(ImportFields.Stage), lent, Take, Say);
        PlainFacts Plain()
        {
            var plain = new PlainFacts();
            foreach (var fact in PlainFact.All)
            {
                if (ColumnOf(fact.Name) is { } column && Value(fact, column.Unit) is { } value)
                    fact.Set(plain, value);
            }

            return plain;
        }
        object? Value(PlainFact fact, string? unit) =>
            fact.Shape switch
            {
                FactShape.Money => Amount(fact.Name, fact.CurrencyName),
                FactShape.Day => On(fact.Name),
                FactShape.Number => Take(
                    fact.Name,
                    Quantities.Parse(Text(fact.Name), fact.Measure, unit, context.Numbers)
                ),
                FactShape.Whole => Take(fact.Name, PlainCells.ReadWhole(Text(fact.Name), fact, unit, context.Numbers)),
                FactShape.Choice => Take(fact.Name, PlainCells.ReadChoice(Text(fact.Name), fact)),
                FactShape.Text => Kept(fact.Name, (int)fact.Most),
                _ => throw new NotSupportedException($"No cell is read as {fact.Shape}."),
            };
        var row = new UnderstoodRow
        {
            RowNumber = rowNumber,
            Number = Kept(ImportFields.Number) ?? (ownCode ? null : numbered),
            ProjectCode = ownCode ? numbered : null,
            Plain = Plain(),
            Name = name,
            NationalCode = national,
            Investors = investors,
            Uscc = uscc,
            Country = country,
            TotalInvestment = amount,
            Chain = chain,
            IndustryText = industryText,
            IndustryCode = industryCode,
            // An export says in columns of their own whose a project is and where it lies.
            PlaceText = Kept(ImportFields.Place, LongestName)
                ?? (ownCode ? null : Kept(ImportFields.Jurisdiction, LongestName)),
            OwnerId = owner,
            LandingId = ownCode && Written.IsBlank(Written.Plain(Text(ImportFields.Place))) ? null : landing,
            Stage = stage,
            ReportedOn = On(ImportFields.ReportedOn),
            SignedOn = reached[0].On,
            RegisteredOn = reached[1].On,
            StartedOn = reached[2].On,
            InProductionOn = reached[3].On,
            Note = Kept(ImportFields.Note),
            Source = Kept(ImportFields.Source),
            Contact = Contact(Text, Take, Say, field => On(field)),
        };
        DateOrder(row, reached, context.Today, Say);
        if (name.Length > 0 && PublicWorks.IsLikely(name, row.Chain ?? "", row.IndustryText ?? "", row.Note ?? ""))
            Say(ImportFields.Name, ImportCodes.MaybeNoProject);
        return row with { Issues = issues };
    }

    /// <summary>The stage that the row says; where it says none, the one its heading names, with a doubt.</summary>
    private static string? Stage(
        string text,
        LentByHeading? lent,
        Taking<string?> take,
        Action<string?, string, object[]> say
    )
    {
        var said = Stages.Parse(text);
        if (said.Value is null && lent?.Stage is { } above)
        {
            say(ImportFields.Stage, ImportCodes.StageLent, [lent.Heading]);
            return above;
        }
        return take(ImportFields.Stage, said);
    }

    /// <summary>A total at the foot of a table or its header repeated: refused, and said which.</summary>
    private static string? Stray(IReadOnlyList<RawCell> cells, ColumnMap map)
    {
        var written = cells.Select(c => Written.Bare(c.Text ?? "")).ToList();
        var nameAt = map.IndexOf(ImportFields.Name);
        var name = nameAt >= 0 && nameAt < written.Count ? written[nameAt] : "";
        bool IsTotal(string bare) =>
            TotalWords.Contains(bare)
            || (
                bare.Length < 12
                && TotalWords.Any(w =>
                    bare.StartsWith(w, StringComparison.Ordinal)
                    && bare[w.Length..].All(c => char.IsAsciiDigit(c) || c is '个' or '项' or '目')
                )
            );
        if (
            IsTotal(name)
            || IsTotal(written.FirstOrDefault(w => w.Length > 0) ?? "")
            || (name.Length == 0 && written.Any(IsTotal))
        )
            return ImportCodes.TotalRow;
        var headers = map.Columns.Select(c => Written.Bare(c.Header)).ToList();
        return
            written.Where(w => w.Length > 0).Take(2).Count() == 2
            && written.Zip(headers).All(p => p.First.Length == 0 || p.First == p.Second)
            ? ImportCodes.HeaderRow
            : null;
    }

    /// <summary>A spreadsheet keeps fifteen digits of a number and shows a long one as 9.13E+17: the rest of the code is gone.</summary>
    private static bool BecameNumber(string code, bool numeric) =>
        (numeric && code.Count(char.IsAsciiDigit) > 15)
        || code.ToUpperInvariant().Split("E+") is [{ Length: > 0 } digits, { Length: 2 } exponent]
            && digits.All(c => char.IsAsciiDigit(c) || c == '.')
            && exponent.All(char.IsAsciiDigit);

    private static string? Code(string text, Func<string?, string?> normalise)
    {
        var tidy = Written.Tidy(text);
        return Written.IsBlank(Written.Plain(tidy)) ? null : normalise(tidy) ?? tidy;
    }

    private static AmountUnit? AmountUnitOf(Column? column, string currencyCell, Action<string?, string, object[]> say)
    {
        var header = column?.Unit is { } unit ? Amounts.Unit(unit) : null;
        if (Written.IsBlank(Written.Plain(currencyCell)))
            return header;
        // A currency column may carry the scale as well: 万美元.
        var own = Amounts.Unit(currencyCell) ?? (IsoCurrency(currencyCell) is { } iso ? new AmountUnit(1, iso) : null);
        if (own?.Currency is null)
        {
            say(ImportFields.Currency, ImportCodes.CurrencyUnknown, [currencyCell.Trim()]);
            return header is null ? null : header with { Currency = null };
        }
        return own.Scale is > 1 ? own : new AmountUnit(header?.Scale, own.Currency);
    }

    private static string? IsoCurrency(string text) =>
        Written.Bare(text) is { Length: 3 } code && code.All(char.IsAsciiLetter) && Amounts.Currency(code) is { } known
            ? known
            : null;

    private delegate T Taking<T>(string field, Cell<T> cell);

    private static (string? Text, string? Code) Industry(
        Func<string, string> text,
        Taking<string?> take,
        IndustryDirectory industries
    )
    {
        var written = Written.Tidy(text(ImportFields.Industry));
        var kept = written.Length == 0 ? null : written;
        if (!Written.IsBlank(Written.Plain(text(ImportFields.IndustryCode))))
            return (kept, take(ImportFields.IndustryCode, industries.Parse(text(ImportFields.IndustryCode))));
        return (kept, take(ImportFields.Industry, industries.Parse(text(ImportFields.Industry))));
    }

    private static (string? Owner, string? Landing) Place(
        Func<string, string> text,
        Taking<PlaceReading> take,
        Action<string?, string, object[]> say,
        PlaceDirectory places,
        bool ownExport,
        LentByHeading? lent
    )
    {
        var (unit, place) = (text(ImportFields.Jurisdiction), text(ImportFields.Place));
        if (Written.IsBlank(Written.Plain(unit)))
        {
            var read = places.Parse(place);
            if (
                read.Doubts.Any(doubt => doubt.Code == ImportCodes.OwnerUnknown)
                && NamedAbove(lent, places) is { } above
            )
            {
                say(ImportFields.Place, ImportCodes.PlaceLent, [above.Heading]);
                return (above.Place.OwnerId, read.Value.LandingId ?? above.Place.LandingId);
            }
            var taken = take(ImportFields.Place, read);
            return (taken.OwnerId, taken.LandingId);
        }
        var said = places.Parse(unit);
        var landing = places.Parse(place).Value;
        if (!ownExport && said.Value.OwnerId is null && landing.OwnerId is not null)
        {
            // 县发改局 is no unit of the city: where the project lies says whose it is.
            say(ImportFields.Jurisdiction, ImportCodes.OwnerByPlace, [unit.Trim(), place.Trim()]);
            return (landing.OwnerId, landing.LandingId);
        }
        var owner = take(ImportFields.Jurisdiction, said);
        if (Written.IsBlank(Written.Plain(place)))
            return (owner.OwnerId, owner.LandingId);
        if (landing.OwnerId is not null && owner.OwnerId is not null && landing.OwnerId != owner.OwnerId)
            say(ImportFields.Place, ImportCodes.OwnerDiffers, [unit.Trim(), place.Trim()]);
        return (owner.OwnerId, landing.LandingId ?? owner.LandingId);
    }

    /// <summary>The unit that the nearest heading names that names one: 南湖区（2个）, a sheet called 南湖区.</summary>
    private static (PlaceReading Place, string Heading)? NamedAbove(LentByHeading? lent, PlaceDirectory places)
    {
        foreach (var heading in lent?.Texts ?? [])
        {
            var named = places.Parse(heading);
            if (named.Value.OwnerId is not null && named.Doubts.Count == 0)
                return (named.Value, heading);
        }

        return null;
    }

    private static ContactReading? Contact(
        Func<string, string> text,
        Taking<string?> take,
        Action<string?, string, object[]> say,
        Func<string, DateOnly?> on
    )
    {
        var written = text(ImportFields.ContactKind);
        var note = Written.Tidy(text(ImportFields.ContactNote));
        string? kind = null;
        if (!Written.IsBlank(Written.Plain(written)))
        {
            var known = ContactKinds.GetValueOrDefault(Written.Bare(written));
            kind = take(
                ImportFields.ContactKind,
                new Cell<string?>(
                    written,
                    known,
                    known is null ? [new(ImportCodes.ContactKindUnknown, written.Trim())] : []
                )
            );
        }
        var day = on(ImportFields.ContactOn);
        if (note.Length > LongestText)
            say(ImportFields.ContactNote, ImportCodes.Shortened, [LongestText]);
        note = Written.Cut(note, LongestText);
        return kind is null && day is null && note.Length == 0
            ? null
            : new ContactReading(kind, day, note.Length == 0 ? null : note);
    }

    private static string Shown(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A date that can be meant; any other is a doubt.</summary>
    private static Cell<DateOnly?> Meant(Cell<DateOnly?> cell, DateOnly today) =>
        cell.Value is { } date && !SensibleDates.Include(date, today)
            ? new(cell.Original, null, [new(ImportCodes.DateImpossible)])
            : cell;

    /// <summary>Breaches of R2 are doubts in a register (R51), never refusals.</summary>
    private static void DateOrder(
        UnderstoodRow row,
        (string Field, string Stage, DateOnly? On)[] steps,
        DateOnly today,
        Action<string?, string, object[]> say
    )
    {
        if (row.ReportedOn > today)
            say(ImportFields.ReportedOn, ImportCodes.DateFuture, [Shown(row.ReportedOn.Value)]);
        foreach (var (field, _, on) in steps)
        {
            if (on > today)
                say(field, ImportCodes.DateFuture, [Shown(on.Value)]);
        }
        if (row.RegisteredOn < row.SignedOn)
            say(
                ImportFields.RegisteredOn,
                ImportCodes.RegisteredBeforeSigned,
                [Shown(row.RegisteredOn!.Value), Shown(row.SignedOn!.Value)]
            );
        for (var later = 1; later < steps.Length; later++)
        {
            for (var earlier = 0; earlier < later; earlier++)
            {
                if (steps[later].On < steps[earlier].On && (earlier, later) != (0, 1))
                    say(
                        steps[later].Field,
                        ImportCodes.DateOrder,
                        [Shown(steps[later].On!.Value), Shown(steps[earlier].On!.Value)]
                    );
            }
        }
        var stage = row.Stage is null ? -1 : Stages.Order.ToList().IndexOf(row.Stage);
        foreach (var (field, reached, on) in steps)
        {
            if (on is not null && stage >= 0 && Stages.Order.ToList().IndexOf(reached) > stage)
                say(field, ImportCodes.StageBehindDates, [row.Stage!, Shown(on.Value)]);
        }
    }
}
