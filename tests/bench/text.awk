# text.awk — the text that bench.sh measures with, SIZE bytes of it (mawk or gawk, in bytes).
#
# Reads the prose, which names hardly a figure, then the samples, which are figures only. Each line of the samples is
# followed by PROSE times as many bytes of prose, so that PROSE sets how dense the figures stand: real county articles
# have about one in 150 to 200 bytes. Every copy of the samples has other figures and starts elsewhere, and the prose
# comes in no order, so that nothing repeats that a cache or a branch predictor could learn by heart.
FNR == NR { prose[++proses] = $0; next }
{ line[++lines] = $0 }
END {
    srand(7)
    while (size < SIZE) {
        from = int(rand() * lines)
        for (i = 1; i <= lines && size < SIZE; i++) {
            s = line[(from + i) % lines + 1]
            gsub(/[3-8]/, int(rand() * 9) + 1, s)
            print s
            size += length(s) + 1
            for (owed += length(s) * PROSE; owed > 0; owed -= length(s) + 1) {
                s = prose[int(rand() * proses) + 1]
                if (rand() < 0.4)
                    s = s prose[int(rand() * proses) + 1]
                print s
                size += length(s) + 1
            }
        }
    }
}
