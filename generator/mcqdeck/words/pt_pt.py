"""Portuguese, as in Portugal: what differs from Brazil."""

from __future__ import annotations

from dataclasses import replace

from mcqdeck.words import pt
from mcqdeck.words._message import Plural

_BRAZIL = pt.WORDS

WORDS = replace(
    _BRAZIL,
    language="pt-PT",
    card=replace(
        _BRAZIL.card,
        choose="Escolhe {count} respostas",
        verdict_right_all="Certo! Acertaste nas {count} respostas",
        verdict_wrong="Não é bem isso: a resposta certa é {letters}",
        verdict_wrong_all="Não é bem isso: acertos: {found} de {total}",
        verdict_wrong_some="Não é bem isso: acertos: {found} de {total}; erros: {wrong}",
        mark_right_choice="A tua escolha, certa",
        mark_wrong_choice="A tua escolha",
        flashcard_deck="Cartões de memorização",
        report_mistake="Comunicar um erro",
    ),
    site=replace(
        _BRAZIL.site,
        exam="Exame",
        search="Pesquisar",
        paper_test="Teste em papel",
        skip="Saltar para o conteúdo",
        next="Seguinte",
        previous="Anterior",
        system="Como o dispositivo",
        link="Ligação para esta pergunta",
        search_label="Pesquisar em perguntas, respostas e explicações",
        nothing_found="Nada encontrado para «{query}»",
        answer_key="Soluções",
        anki_offer="Descarregar o baralho do Anki",
        anki_difference="No Anki, cada cartão volta pouco antes de o esqueceres. "
        "Aqui és tu que decides quando rever.",
        keyboard="Atalhos de teclado",
        needs_script="Para praticar, fazer exames e ver o progresso é preciso JavaScript. "
        "Podes ler todas as perguntas sem ele.",
        report_hint="Encontraste um erro? Por baixo da resposta, cada pergunta mostra o "
        "identificador e uma ligação para a página dela. Indica-os ao comunicar o erro.",
        offline="Disponível sem ligação",
        install="Instalar como aplicação",
        not_loaded="Não foi possível carregar esta parte. Verifica a tua ligação e recarrega a "
        "página.",
    ),
    practice=replace(
        _BRAZIL.practice,
        what_to_practise="O que queres praticar?",
        no_match="Nenhuma pergunta corresponde. Tenta uma seleção mais ampla.",
        check_answer="Verificar a resposta",
        resume="Continuar onde ficaste",
        continue_later="Continuar mais tarde",
        finish_question="Terminar esta ronda? Vais ver como correu, mas não a poderás continuar.",
        replace_question="Tens uma ronda por terminar. Terminá-la e começar outra?",
        round_done="Ronda concluída",
        knew_it="Sabia",
        did_not="Não sabia",
        swipe="Desliza para a direita se sabias e para a esquerda se não sabias.",
        known_score="Sabias {known} de {total}",
        repeat_unknown="Repetir as que não sabias",
    ),
    progress=replace(
        _BRAZIL.progress,
        nothing_yet="Ainda não há respostas. O teu progresso aparecerá aqui.",
        kept_here="O teu progresso fica guardado apenas neste navegador.",
        may_be_lost="Alguns navegadores apagam-no ao fim de uma semana sem visitas. "
        "Exporta-o por segurança.",
        import_failed="Este ficheiro não contém progresso destas perguntas.",
        forget_question="Apagar todo o teu progresso neste navegador? Não é possível anular.",
        no_storage="Este navegador não guarda nada, talvez porque a janela é privada. "
        "O teu progresso dura até fechares a página.",
    ),
    exam=replace(
        _BRAZIL.exam,
        start_exam="Começar o exame",
        add_minutes=Plural(one="Mais {count} minuto", other="Mais {count} minutos"),
        time_up_choice="As tuas respostas estão guardadas. Entrega agora ou continua sem limite "
        "de tempo.",
        new_exam="Novo exame",
        quit="Desistir do exame",
        quit_question="Desistir do exame? Não haverá resultado.",
        running="Há um exame a decorrer.",
        continue_exam="Continuar o exame",
        other_tab="Este exame está aberto noutro separador.",
        clock_runs="O relógio continua a contar.",
        past_exams="Exames anteriores",
    ),
)
