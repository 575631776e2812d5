using System.Globalization;
using System.Reflection;
using System.Text;

namespace Marathon.Azure.Boot;

/// <summary>
/// Writes the cloud-init that turns a fresh machine into a worker. Whoever may read the machine's model may read it, so it
/// holds the reference of the run's token, never the token.
/// </summary>
public static class CloudInit
{
    /// <summary>Azure takes at most so many bytes, before base64.</summary>
    public const int MaxBytes = 64 * 1024;

    private static readonly string s_boot = Resource("marathon-boot");
    private static readonly string s_unit = Resource("marathon-worker.service");

    /// <summary>The <c>customData</c> of a scale set: cloud-init, in base64.</summary>
    /// <exception cref="ArgumentException">A value cannot be written into an environment file.</exception>
    public static string CustomData(WorkerBoot boot) => Convert.ToBase64String(Encoding.UTF8.GetBytes(Render(boot)));

    /// <summary>The cloud-init itself.</summary>
    public static string Render(WorkerBoot boot)
    {
        string text = $"""
            #cloud-config
            package_update: true
            packages: [docker.io, curl]
            write_files:
            {File("/etc/marathon/worker.env", "0600", Environment(boot))}
            {File("/usr/local/bin/marathon-boot", "0755", s_boot)}
            {File("/etc/systemd/system/marathon-worker.service", "0644", s_unit)}
            runcmd:
            - [systemctl, daemon-reload]
            - [systemctl, enable, --now, docker.service, marathon-worker.service]

            """;
        return Encoding.UTF8.GetByteCount(text) <= MaxBytes
            ? text
            : throw new ArgumentException($"the cloud-init is longer than the {MaxBytes} bytes that Azure takes: shorten the fleet's settings");
    }

    private static string Environment(WorkerBoot boot)
    {
        string image = boot.Image;
        string host = image.Split('/')[0];
        (string Name, string Value)[] variables =
        [
            ("MARATHON_RUN", boot.RunId),
            ("MARATHON_CONTROLLER", boot.Controller.AbsoluteUri),
            ("MARATHON_SECRET", boot.TokenSecret.AbsoluteUri),
            ("MARATHON_IDENTITY", boot.IdentityClientId),
            ("MARATHON_IMAGE", image),
            // Only an Azure registry takes the machine's identity.
            ("MARATHON_REGISTRY", host.EndsWith(".azurecr.io", StringComparison.OrdinalIgnoreCase) ? host : ""),
            ("MARATHON_LEASE", string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, (long)boot.LeaseTimeout.TotalSeconds)}s")),
        ];
        return string.Concat(variables.Select(variable => $"{variable.Name}={Plain(variable.Name, variable.Value)}\n"));
    }

    private static string Plain(string name, string value) =>
        value.All(c => c is > ' ' and <= '~' and not ('"' or '\'' or '\\' or '$' or '`' or '#' or ';'))
            ? value
            : throw new ArgumentException($"{name} '{value}' holds a character that an environment file gives a meaning");

    private static string File(string path, string mode, string content) =>
        $"- {{path: {path}, permissions: '{mode}', encoding: b64, content: {Convert.ToBase64String(Encoding.UTF8.GetBytes(content))}}}";

    private static string Resource(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Marathon.Azure.Boot.{name}")!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
