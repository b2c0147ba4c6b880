package dev.horizon.tools.cli;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code horizon completion}: a script that teaches a shell the verbs and flags. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = "Prints a completion script for bash or zsh.",
        footer = {
            "",
            "Examples:",
            "  source <(./horizon completion bash)",
            "  ./horizon completion zsh >> ~/.zshrc"
        })
final class CompletionCommand implements Runnable {
    /** The shells that the script is written for. */
    enum Shell {
        bash,
        zsh
    }

    /**
     * Names of plugins' commands are asked of the running node. A colon parts words where a shell
     * says so, and only what follows the last one is to be completed then.
     */
    private static final String COMMANDS =
            """
            _horizon_commands() {
                local line=${COMP_LINE:0:COMP_POINT}
                if [[ $line =~ ^[^[:space:]]+[[:space:]]+command[[:space:]]+([^[:space:]]*)$ ]]; then
                    local word=${BASH_REMATCH[1]} name
                    COMPREPLY=()
                    for name in $("${COMP_WORDS[0]}" command --names 2>/dev/null); do
                        [[ $name == "$word"* ]] || continue
                        [[ $COMP_WORDBREAKS == *:* && $word == *:* ]] && name=${name#"${word%:*}:"}
                        COMPREPLY+=("$name")
                    done
                else
                    _complete_horizon "$@"
                fi
            }
            """;

    private final Surroundings around;

    @Parameters(
            paramLabel = "SHELL",
            defaultValue = "bash",
            description = "${COMPLETION-CANDIDATES}; bash if none is given.")
    Shell shell = Shell.bash;

    @Spec CommandSpec spec;

    CompletionCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public void run() {
        CommandLine root = Horizon.allVerbs(around);
        if (shell == Shell.zsh) {
            around.out().println("autoload -U +X compinit && compinit");
            around.out().println("autoload -U +X bashcompinit && bashcompinit");
        }
        around.out().print(AutoComplete.bash("horizon", root));
        around.out().print(COMMANDS);
        around.out().println("complete -F _horizon_commands -o default horizon ./horizon");
        around.out().flush();
    }
}
