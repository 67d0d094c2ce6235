using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using Pipeline.Api.Http;

namespace Pipeline.Api.Features.Notices;

/// <summary>The mail server, from <c>Mail:…</c>; without <c>Mail:Host</c> no mail is sent.</summary>
public sealed class MailSettings
{
    /// <exception cref="InvalidOperationException">A setting is missing or wrong: the message says which.</exception>
    public MailSettings(IConfiguration configuration)
    {
        var mail = configuration.GetSection("Mail");
        Host = mail["Host"] is { Length: > 0 } host ? host : null;
        Port =
            mail["Port"] is not { Length: > 0 } port ? 587
            : ushort.TryParse(port, out var number) && number > 0 ? number
            : throw new InvalidOperationException($"Mail:Port is '{port}', which is no port.");
        Security =
            Flag(mail, "ImplicitTls", Port == 465) ? SecureSocketOptions.SslOnConnect
            : Flag(mail, "StartTls", true) ? SecureSocketOptions.StartTls
            : SecureSocketOptions.None;
        Authority = mail["Authority"] is { Length: > 0 } file ? ReadAuthority(file) : null;
        User = mail["User"] is { Length: > 0 } user ? user : null;
        Password = mail["Password"];
        PublicUrl = PublicAddress.Read(configuration, "Mail:PublicUrl")
            ?? PublicAddress.Read(configuration, "Public:Url");
        if (Host is null)
            return;
        From =
            MailboxAddress.TryParse(mail["From"], out var from) && from.Address.Contains('@', StringComparison.Ordinal)
                ? from
                : throw new InvalidOperationException(
                    "Mail:From must be the address that mail comes from, when Mail:Host is set."
                );
        if (User is not null && Security == SecureSocketOptions.None)
            throw new InvalidOperationException(
                "Mail:User is set and Mail:StartTls is false: the password would be sent in the clear."
            );
    }

    private static bool Flag(IConfigurationSection mail, string name, bool otherwise) =>
        mail[name] switch
        {
            null or "" => otherwise,
            "true" or "True" => true,
            "false" or "False" => false,
            var other => throw new InvalidOperationException($"Mail:{name} is '{other}'; it can be true or false."),
        };

    private static X509Certificate2 ReadAuthority(string file)
    {
        try
        {
            return X509CertificateLoader.LoadCertificateFromFile(file);
        }
        catch (Exception error) when (error is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"Mail:Authority: {file} cannot be read as a certificate.", error);
        }
    }

    public string? Host { get; }
    public int Port { get; }
    public MailboxAddress? From { get; }
    public string? User { get; }
    public string? Password { get; }

    /// <summary>How the connection is made safe: from its first byte, by STARTTLS before anything is said, or not at all.</summary>
    public SecureSocketOptions Security { get; }

    /// <summary>The authority that a city's own mail server has its certificate from; null: those that the system trusts.</summary>
    public X509Certificate2? Authority { get; }

    /// <summary>Where people reach the pages; null: mail has no links.</summary>
    public string? PublicUrl { get; }

    public bool Enabled => Host is not null;
}

/// <summary>A mail to one person.</summary>
/// <param name="Id">The left part of its Message-ID: the same when the same is sent again.</param>
public sealed record Letter(string Id, string To, string Language, string Subject, string Text);

/// <summary>How a letter went.</summary>
public enum Posted
{
    Sent,

    /// <summary>The server refuses this recipient.</summary>
    Refused,

    /// <summary>The server asks to come again with a letter to this recipient.</summary>
    Later,

    /// <summary>The server cannot be reached, or takes no letter at all.</summary>
    Away,
}

/// <summary>Hands letters to the mail server.</summary>
public sealed class MailServer(MailSettings settings, ILogger<MailServer> log)
{
    /// <summary>How long a letter may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public async Task<Posted> Send(Letter letter, CancellationToken cancel)
    {
        if (!MailboxAddress.TryParse(letter.To, out var recipient))
            return Posted.Refused;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Patience);
        try
        {
            using var message = Compose(letter, recipient);
            using var client = new SmtpClient();
            if (settings.Authority is { } authority)
                client.ServerCertificateValidationCallback = (_, certificate, chain, errors) =>
                    IsIssuedBy(authority, certificate, chain, errors);
            await client.ConnectAsync(settings.Host!, settings.Port, settings.Security, limit.Token);
            if (settings.User is { } user)
                await client.AuthenticateAsync(user, settings.Password ?? "", limit.Token);
            await client.SendAsync(message, limit.Token);
            await client.DisconnectAsync(quit: true, limit.Token);
            return Posted.Sent;
        }
        catch (SmtpCommandException error) when (error.ErrorCode == SmtpErrorCode.RecipientNotAccepted)
        {
            // Addresses are personal: the log has the code, not the recipient.
            log.LogWarning("The mail server did not take a notice for its recipient: {Status}", error.StatusCode);
            return (int)error.StatusCode >= 500 ? Posted.Refused : Posted.Later;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            log.LogWarning("The mail server did not answer in time; it will be tried again");
            return Posted.Away;
        }
        catch (Exception error)
            when (error
                    is SmtpCommandException
                        or ProtocolException
                        or ServiceNotConnectedException
                        or ServiceNotAuthenticatedException
                        or NotSupportedException
                        or MailKit.Security.SslHandshakeException
                        or MailKit.Security.AuthenticationException
                        or IOException
                        or SocketException
            )
        {
            log.LogWarning(
                "The mail server did not take a notice: {Kind} {Reason}",
                error.GetType().Name,
                error.Message
            );
            return Posted.Away;
        }
    }

    private MimeMessage Compose(Letter letter, MailboxAddress recipient)
    {
        var message = new MimeMessage
        {
            Subject = letter.Subject,
            Body = new TextPart("plain") { Text = letter.Text },
            MessageId = $"{letter.Id}@{settings.From!.Domain}",
        };
        message.From.Add(settings.From);
        message.To.Add(recipient);
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Headers.Add("Content-Language", letter.Language);
        return message;
    }

    /// <summary>Whether a certificate bears the right name and comes from the city's own authority.</summary>
    private static bool IsIssuedBy(
        X509Certificate2 authority,
        X509Certificate? certificate,
        X509Chain? sent,
        SslPolicyErrors errors
    )
    {
        if (
            certificate is not X509Certificate2 shown
            || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None
        )
            return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        foreach (var element in sent?.ChainElements.Skip(1) ?? [])
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        return chain.Build(shown);
    }
}
