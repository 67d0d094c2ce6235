using System.Globalization;
using System.Text.Json.Serialization;
using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain.Projects;

namespace Pipeline.Api.Features.Notices;

/// <summary>How a person wants to be told by e-mail. Without settings: each notice at once, in Chinese, to the address of the account.</summary>
public static class NoticeSettings
{
    public sealed record Body
    {
        /// <summary>Where mail goes; null: to the address of the account.</summary>
        public string? Address { get; init; }

        /// <summary>The language of mail: `zh-CN` or `en`.</summary>
        public string? Language { get; init; }

        /// <summary>The kinds that are not told by mail.</summary>
        public IReadOnlyList<NoticeKind>? Muted { get; init; }

        /// <summary>The hour of the day at which everything unread comes in one mail; null: each notice is a mail of its own.</summary>
        public int? DigestHour { get; init; }

        /// <summary>From when to when (`HH:mm`, the city's clock) single mails are held back; null: never.</summary>
        public string? QuietFrom { get; init; }
        public string? QuietTo { get; init; }
    }

    public sealed class Validator : AbstractValidator<Body>
    {
        public Validator()
        {
            RuleFor(body => body.Address)
                .Text(200)
                .Must(address =>
                    address is null
                    || (System.Net.Mail.MailAddress.TryCreate(address, out var parsed) && parsed.Address == address)
                )
                .Coded("email");
            RuleFor(body => body.Language)
                .Required()
                .Must(language => language is Messages.Chinese or Messages.English)
                .Coded("choice", $"{Messages.Chinese}, {Messages.English}");
            RuleFor(body => body.DigestHour).Must(hour => hour is null or (>= 0 and <= 23)).Coded("range", 0, 23);
            RuleFor(body => body.QuietFrom)
                .Must(Time)
                .Coded("time")
                .Must((body, from) => from is null == body.QuietTo is null && (from is null || from != body.QuietTo))
                .Coded("quiet-hours");
            RuleFor(body => body.QuietTo).Must(Time).Coded("time");
        }

        private static bool Time(string? text) =>
            text is null
            || TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
    }

    public sealed record View
    {
        [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
        public string? Address { get; init; }
        public required string Language { get; init; }
        public required IReadOnlyList<NoticeKind> Muted { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
        public int? DigestHour { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
        public string? QuietFrom { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
        public string? QuietTo { get; init; }

        /// <summary>The address of the account, which mail goes to where no other is given.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
        public string? AccountAddress { get; init; }

        /// <summary>Whether this installation sends mail at all.</summary>
        public required bool MailEnabled { get; init; }

        /// <summary>Every kind that the caller can be told of.</summary>
        public required IReadOnlyList<NoticeKind> Kinds { get; init; }
        public required long Version { get; init; }
    }

    public static Task<IResult> Get(Call call, MailSettings mail) =>
        call.Read<IResult>(async session => Answer(await PersonalMail.Of(session, call.Caller.UserId), mail));

    public static async Task<IResult> Put(Call call, MailSettings mail)
    {
        var body = await call.Body(Validation.Of<Validator>());
        return await call.Write(async session =>
        {
            var me = call.Caller.UserId;
            await session.Lock(LockName.NoticeSettings(me));
            if (ETags.Check(call.Request, (await PersonalMail.Of(session, me)).Version) is { } stale)
                return stale;
            if (body.Refusal is { } malformed)
                return malformed;
            var wanted = body.Value!;
            var values = new
            {
                me,
                address = wanted.Address is { } address ? session.Vault.Seal(address) : null,
                language = wanted.Language,
                muted = string.Join(' ', (wanted.Muted ?? []).Distinct().Select(Slug.Of)),
                digestHour = wanted.DigestHour,
                quietFrom = wanted.QuietFrom,
                quietTo = wanted.QuietTo,
                now = session.Now,
            };
            if (await session.Execute(Update, values) == 0)
                await session.Execute(Insert, values);
            PersonMarks.Set(session, PersonMarks.User, me, [new PersonBody { Email = wanted.Address }], null);

            // What waits for an hour that no longer counts is judged anew.
            await session.Execute(JudgeAnew, new { me, now = session.Now });
            return Answer(await PersonalMail.Of(session, me), mail);
        });
    }

    private static Reply Answer(PersonalMail settings, MailSettings mail) =>
        Reply.Resource(
            new View
            {
                Address = settings.OwnAddress,
                Language = settings.Language,
                Muted = settings.Muted,
                DigestHour = settings.DigestHour,
                QuietFrom = settings.QuietFrom,
                QuietTo = settings.QuietTo,
                AccountAddress = settings.Email,
                MailEnabled = mail.Enabled,
                Kinds = Enum.GetValues<NoticeKind>(),
                Version = settings.Version,
            },
            settings.Version
        );

    private const string Update = """
        UPDATE notice_settings SET address = @address, language = @language, muted = @muted, digest_hour = @digestHour, quiet_from = @quietFrom, quiet_to = @quietTo, version = version + 1, updated_at = @now
        WHERE user_id = @me
        """;

    private const string Insert = """
        INSERT INTO notice_settings (user_id, address, language, muted, digest_hour, quiet_from, quiet_to, version, updated_at)
        VALUES (@me, @address, @language, @muted, @digestHour, @quietFrom, @quietTo, 1, @now)
        """;

    private const string JudgeAnew =
        "UPDATE notice_recipients SET mail_due = @now WHERE user_id = @me AND mail = 'waiting' AND mail_attempts = 0 AND mail_due > @now";
}

/// <summary>A person as mail sees it: account and settings.</summary>
public sealed class PersonalMail
{
    public required string Id { get; init; }
    public required string Role { get; init; }
    public string? JurisdictionId { get; init; }
    public bool Active { get; init; }
    public string? Email { get; init; }
    public string? Address { get; init; }
    public string Language { get; init; } = Messages.Chinese;
    public string MutedKinds { get; init; } = "";
    public int? DigestHour { get; init; }
    public string? QuietFrom { get; init; }
    public string? QuietTo { get; init; }
    public long Version { get; init; }

    /// <summary>The address given for notices, unsealed.</summary>
    public string? OwnAddress { get; private set; }

    public IReadOnlyList<NoticeKind> Muted =>
        [
            .. MutedKinds
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Where(kind => Slug.TryTo<NoticeKind>(kind, out _))
                .Select(Slug.To<NoticeKind>),
        ];

    /// <summary>Where mail goes now; null: nowhere.</summary>
    public string? Destination => Active ? OwnAddress ?? Email : null;

    /// <summary>When the quiet hours that <paramref name="now"/> falls into end; null when it falls into none.</summary>
    public DateTimeOffset? QuietUntil(DateTimeOffset now) =>
        QuietFrom is { } from && QuietTo is { } to
            ? Domain.Notices.MailHours.QuietUntil(
                now,
                TimeOnly.Parse(from, CultureInfo.InvariantCulture),
                TimeOnly.Parse(to, CultureInfo.InvariantCulture)
            )
            : null;

    public static async Task<PersonalMail> Of(Session session, string userId)
    {
        var row = (await session.One<PersonalMail>(Select, new { userId }))!;
        row.OwnAddress = row.Address is { } stored ? session.Vault.Open(stored) : null;
        return row;
    }

    private const string Select = """
        SELECT u.id, u.role, u.jurisdiction_id, u.active, u.email, s.address, COALESCE(s.language, 'zh-CN') AS language, COALESCE(s.muted, '') AS muted_kinds,
          s.digest_hour, s.quiet_from, s.quiet_to, COALESCE(s.version, 0) AS version
        FROM users u LEFT JOIN notice_settings s ON s.user_id = u.id
        WHERE u.id = @userId
        """;
}
