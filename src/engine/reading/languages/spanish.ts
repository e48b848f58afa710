import { eachOf, list } from './condition-words.ts';
import type { Language } from './language.ts';

/** Spanish. */
export const spanish: Language = {
  code: 'es',
  name: 'Spanish',
  script: 'Latin',
  letters: /[ñ¿¡]/u,
  common: 'el la los las de que y en un una es por con para del se no al su más como está son lo',
  steps:
    'paso- procedimiento- instruccion- acción acciones restauración recuperación reinicio resolución solución- diagnóstico instalación despliegue mantenimiento verificación comprobación reversión respaldo conmutación parada arranque corrección actuación preparación ejecución configuración actualización manual runbook guía medidas lista-de-verificación',
  facts:
    'nota notas observacion- resumen descripción prerrequisito- requisito- componente- arquitectura contexto información detalle- entorno- sistema- dato- resultado- consejo- ejemplo- términos estado',
  never:
    'criterio- índice contenido contenidos contacto- guardia escalado escalamiento prioridad- causa- motivo- razón razones síntoma- pregunta- faq referencia- enlaces recursos glosario definicion- objetivo- meta- historial historia rol roles responsabilidad- equipo miembros ventajas desventajas principios reglas disparador- características',
  verbs:
    'abra abre abrir verifique verifica verificar compruebe comprueba comprobar revise revisa revisar detenga detén detener pare para parar inicie inicia iniciar arranque arranca arrancar reinicie reinicia reiniciar espere espera esperar haga haz hacer pulse pulsa pulsar elimine elimina eliminar borre borra borrar copie copia copiar cree crea crear añada añade añadir agregue agrega agregar modifique modifica modificar guarde guarda guardar restaure restaura restaurar instale instala instalar ejecute ejecuta ejecutar ponga pon poner avise avisa avisar informe informa informar notifique notifica notificar sustituya sustituye sustituir reemplace reemplaza reemplazar desactive desactiva desactivar active activa activar conecte conecta conectar envíe envía enviar consulte consulta consultar asegúrese asegúrate seleccione selecciona seleccionar elija elige elegir desconecte desconecta desconectar actualice actualiza actualizar vaya ve ir vuelva vuelve volver entre entra entrar ingrese ingresa ingresar escriba escribe escribir descargue descarga descargar suba sube subir limpie limpia limpiar llame llama llamar contacte contacta contactar cambie cambia cambiar quite quita quitar confirme confirma confirmar configure configura configurar monte desmonte anote anota',
  place: 'first',
  tells: /(?:arse|erse|irse|uese|ícese|íguese|elo|ela|alo|ala)$/u,
  mayTell: /(?:ar|er|ir)$/u,
  nouns:
    'lugar hogar taller nivel servidor poder radar solar bar primer tercer ayer mujer server user docker router cluster dólar similar popular elixir escuela cautela tela',
  objects: 'el la los las un una al que si todos todas su sus este esta estos estas lo',
  polite:
    /^(?:(?:le|les|os|te) (?:rogamos|ruega|pedimos|pide|solicita) que|se (?:ruega|pide|solicita)|rogamos|haga el favor de|tenga la amabilidad de|por gentileza) /u,
  adverbs:
    'luego después finalmente ahora primero opcionalmente inmediatamente además también por-favor entonces no a-continuación',
  duty: 'debe deben hay-que es-necesario asegúrese asegúrate favor',
  is: 'es son era eran está están estaba tiene tienen había hay será serán fue fueron se-encuentra encuentra contiene puede pueden depende funciona pertenece dura utiliza usa consta existe falta reside ejecuta guarda ubica',
  impersonal:
    /^(?:se|se le|se les) \p{L}|(?<!\p{L})(?:es|son) \p{L}{2,20}(?:ado|ada|ados|adas|ido|ida|idos|idas)(?!\p{L})/u,
  subject: /^(?:el|los?|las?|una?|unos|unas|cada|est[oa]s?|este|ning[uú]n)\s/iu,
  comes:
    /(?<!\p{L})(?!(?:deber|tendr|habr|podr)[áa])\p{L}*(?:[aei]r|dr|br|rr)(?:á|án|ás|emos)(?!\p{L})|^(?:\p{L}+ )?(?:deber[íi]as?|tendr[íi]as?)(?: \p{L}+)? (?:ver|aparecer|obtener|recibir|tener)(?!\p{L})|(?<!\p{L})(?:aparece|aparecen|se muestra|se muestran|se abre|se abren)(?!\p{L})/u,
  due: /(?<!\p{L})(?:deben?|deberían?|han? de|tienen? que) (?:\p{L}+ )?(?:\p{L}+[aei]rse|ser \p{L}+[ai]d[oa]s?)(?!\p{L})/u,
  lasts:
    /(?<!\p{L})(?:unos|unas|aproximadamente|alrededor de|cerca de|pocos|algunos|varios) (?:[\d.,–-]+ ?)?(?:segundo|minuto|hora|min)/u,
  recurs:
    /^(?:cada|tod[oa]s l[oa]s) (?:noche|día|mañana|tarde|semana|mes|hora|minuto|año)(?:e?s)?(?!\p{L})|^(?:diaria|semanal|mensual)mente(?!\p{L})/u,
  asks: 'quién quien qué cuándo cuando dónde donde cómo cuál cuáles cuánto cuánta cuántos por-qué',
  leads: {
    runs: 'ejecut- lanz- comando- orden órdenes escriba escribe introduzca',
    puts: 'añad- agreg- insert- inserta inserte pega pegue escrib- guard- cre- copi- coloc- modifi- edit-',
    holds: 'archivo fichero línea líneas contenido configuración script crontab',
    compared: 'antes después anterior nuevo nueva antiguo',
    forbids: 'no-us- no-ejecut- nunca-ejecut- incorrecto mal-ejemplo no-hacer',
    does: 'el-script este-script ahora-puede ahora-puedes qué-hace qué-se-hará en-esta-guía en-este-artículo en-este-tutorial en-este-documento en-este-capítulo esta-guía este-documento-describe aprenderá aprenderás veremos vamos-a-ver',
    shows: 'esto-es-lo-que-hace esto-es-lo-que-ejecuta esto-hace lo-que-hace',
  },
  phrases: {
    output: [
      'ejemplo de salida',
      'salida esperada',
      'resultado esperado',
      'respuesta esperada',
      'debería ver',
      'debe mostrar',
      'muestra',
      'salida',
      'resultado',
    ],
    example: [
      'ejemplo de salida',
      'por ejemplo',
      'p. ej.',
      'ejemplo',
      'similar a',
      'algo como',
      'parecido a',
    ],
    if: ['si', 'en caso', 'en el caso', 'cuando'],
    order: ['una vez', 'después', 'tras', 'en cuanto', 'antes', 'mientras', 'hasta'],
    when: [
      'en caso',
      'en',
      'desde',
      'para',
      'por cada',
      'con',
      'tras',
      'después de',
      'antes de',
      'sobre',
    ],
  },
  conditions: {
    opening: list(
      'siempre que|siempre y cuando|a condición de|con la condición|con el permiso|previa aprobación|previa autorización|si|solo si|sólo si|solamente si|únicamente si|en caso de|en caso de que|en el caso|salvo que|a menos que|como último recurso|solo en|sólo en|solamente en|únicamente en|solo para|sólo para|solamente para|únicamente para',
    ),
    inner: list('si|solo si|sólo si|en caso de|salvo que|a menos que|como último recurso'),
    whether: list(
      'compruebe|comprobar|comprueba|verifique|verificar|verifica|revise|revisar|revisa|ver|vea|confirme|confirmar|determine|determinar|averigüe|averiguar|pregunte|preguntar|mire|mirar|saber',
    ),
    soft: list(
      'es necesario|fuera necesario|hace falta|procede|es posible|corresponde|se requiere|aplica|lo desea',
    ),
    order: list('todo va bien|todo fue bien|todo salió bien|todo funciona|todo está bien'),
    leaves: {
      verbs: list(
        'omita|omitir|omite|salte|sáltese|sáltate|saltar|no ejecute|no ejecutes|no ejecutar|nunca ejecute|nunca ejecutes|nunca ejecutar',
      ),
      objects: list('esto|este paso|esta orden|este comando|esta sección|el paso'),
      where: list('en|sobre|si|cuando|para|contra'),
    },
    optional: list('opcional|opcionalmente'),
    otherwise: list('si no|de lo contrario|en caso contrario'),
    or: list(
      'o|o bien|alternativamente|otra opción|como alternativa|lo mismo en un|todo en un|en un solo comando|como script',
    ),
    options: list('opción|método|alternativa|escenario|caso|variante|posibilidad|solución'),
    when: list('cuando|mientras'),
    trouble: list(
      'no |nunca |llen|fall|caíd|cae|bloque|inaccesible|inalcanzable|indisponible|corromp|corrupt|error|super|exced|perdid|lent|rot|dañad|agotad|vencid|caducad|expirad|colgad|comprometid|falt|demasiad',
    ),
    emergency: list(
      'parada de emergencia|apagado de emergencia|reinicio de emergencia|conmutación de emergencia|reversión de emergencia',
    ),
    only: {
      words: list('solo|sólo|solamente|únicamente|exclusivamente'),
      after: list('después de|después del|tras|durante|fuera de|con|en presencia|mientras'),
      late: list('no antes de|no antes del|nunca antes de|nunca antes del'),
      over: list('finaliz|termin|complet|acab|reinici|paso'),
      consent: list('aprobación|autorización|consentimiento|permiso|visto bueno|acuerdo'),
    },
    gates: {
      past: list('salte a|saltar a|vaya directamente a|ir directamente a|pase directamente a'),
      goTo: list(
        'vaya a|ir a|continúe con|continúe en|continuar con|continuar en|pase a|pasar a|siga con',
      ),
      section: list('sección|parte|capítulo|anexo|apartado'),
      step: list('paso'),
      goOn: list(
        'continúe|continuar|continúa|siga|sigue|seguir|prosiga|proseguir|proceda|proceder|avance|avanzar',
      ),
      stop: list(
        'deténgase|detenerse|detente|detener|detenga|pare|parar|para|aborte|abortar|cancele|cancelar|interrumpa|interrumpir|termine|alto',
      ),
      never: list(
        'no continúe|no continuar|no continúes|no siga|no sigas|no seguir|no prosiga|no proseguir|no proceda|no avance|no avanzar',
      ),
      refuse: [
        ...eachOf(
          'no ejecute|no ejecutar|no inicie|no realice|no realizar|no lance|nunca ejecute|nunca realice|no siga',
          'esto|este procedimiento|este runbook|estos pasos|el procedimiento',
        ),
        ...eachOf(
          'omita|omitir|ignore|ignorar|sáltese|salte|saltar',
          'este procedimiento|este runbook|esta página',
        ),
      ],
      leaveOut: eachOf(
        'omita|omitir|ignore|ignorar|sáltese|salte|saltar',
        'esta sección|estos pasos|todo lo que sigue',
      ),
      while: list('mientras|cuando|durante'),
      so: list('en caso afirmativo|si es así'),
      if: list('si|en caso de|en caso de que'),
      unless: list('a menos que|salvo que|salvo si|excepto si'),
      just: list('solo|sólo|solamente|únicamente'),
      onlyIf: list(
        'solo si|sólo si|solamente si|únicamente si|solo cuando|sólo cuando|siempre que',
      ),
      objects: list(
        'aquí|ahora|inmediatamente|de inmediato|todo|entonces|el procedimiento|la actualización|la migración|el despliegue|la operación|el cambio|el mantenimiento',
      ),
      and: list('y|e|o'),
    },
  },
  examples: {
    tells: [
      'Abra el panel de administración',
      'Revisar el registro',
      'Detén el servicio',
      'Desenchufe la cabina',
      'Espere a que termine la tarea',
      'Si falla, avise al equipo',
    ],
    states: [
      'El servidor está en Madrid',
      'La causa es la falta de espacio',
      '¿Por qué no responde el servicio?',
      'De guardia: Ana García',
      'La caché se guarda cinco minutos',
      'Lugar del servidor: Madrid',
    ],
  },
};
